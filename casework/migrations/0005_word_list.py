"""The words an agency starts with; from then on the list is theirs."""

from django.db import migrations

from casework.word_list import ENGLISH, SPANISH


def add_words(apps, schema_editor):
    WordHint = apps.get_model("casework", "WordHint")
    for language, words in (("en", ENGLISH), ("es", SPANISH)):
        for word, suggestion in words:
            WordHint.objects.get_or_create(
                language=language, word=word, defaults={"suggestion": suggestion}
            )


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_safety_plans_and_words")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
