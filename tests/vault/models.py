"""Three small models as an app would write them: an owner, its page, a line on the page."""

import uuid

from django.db import models

from vault.fields import EncryptedJSONField, EncryptedTextField


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = EncryptedTextField("name", max_length=120, null=True, blank=True)
    vault_owner = "id"

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return str(self.pk)


class Page(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    title = models.CharField(max_length=20, default="in clear")
    body = EncryptedTextField("body")
    aside = EncryptedTextField("aside", null=True, blank=True)
    data = EncryptedJSONField(null=True, blank=True)
    vault_owner = "person_id"

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return str(self.pk)


class Line(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    page = models.ForeignKey(Page, on_delete=models.CASCADE)
    words = EncryptedTextField("words", blank=True, default="")
    vault_owner = "page.person_id"

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return str(self.pk)


ALL = (Person, Page, Line)
