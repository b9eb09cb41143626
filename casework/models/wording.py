"""Words that weigh on somebody, and plainer ones to offer while an advocate is typing."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordHint(models.Model):
    """The agency's own short list. A ``*`` at the end of ``word`` stands for any ending."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    word = models.CharField(_("word"), max_length=60)
    suggestion = models.CharField(_("plainer"), max_length=100)

    class Meta:
        ordering = ["language", "word"]
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="word_hint_once_a_language")]

    def __str__(self) -> str:
        return f"word hint {self.pk}"
