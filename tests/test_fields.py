"""Every field of every model of ours is classified; what is put down is what the model does."""

import pytest
from django.apps import apps
from django.db import models

from tests.classification import CODED, FIELDS, POINTS, SEALED, WHEN
from vault.fields import EncryptedField

OURS = ("vault", "audit", "accounts", "clients", "casework", "referrals", "reporting")
MODELS = [
    model
    for label in OURS
    if apps.is_installed(label)
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
]
# Codes are short: nothing longer than this is a code, so nobody writes a sentence into one.
LONGEST_CODE = 100


def label(model):
    return model._meta.label


def concrete(model):
    return [field for field in model._meta.get_fields() if getattr(field, "concrete", False)]


def test_every_model_is_put_down():
    assert {label(model) for model in MODELS} == set(FIELDS)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_field_is_put_down(model):
    assert {field.name for field in concrete(model)} == set(FIELDS[label(model)])


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_sealed_fields_are_encrypted_and_no_other(model):
    put_down = {name for name, kind in FIELDS[label(model)].items() if kind == SEALED}

    assert {field.name for field in concrete(model) if isinstance(field, EncryptedField)} == put_down


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_fields_hold_what_is_put_down(model):
    may_be = {
        WHEN: models.DateField,  # moments are dates too, for Django
        POINTS: (
            models.UUIDField, models.ForeignKey, models.ManyToManyField, models.AutoField,
            models.IntegerField, models.CharField,
        ),
        CODED: (models.CharField, models.JSONField, models.BooleanField, models.IntegerField),
    }  # fmt: skip

    for field in concrete(model):
        kind = FIELDS[label(model)][field.name]
        if kind in may_be:
            assert isinstance(field, may_be[kind]), field
        if kind in {CODED, POINTS} and isinstance(field, models.CharField):
            assert (field.max_length or 0) <= LONGEST_CODE, field


@pytest.mark.parametrize("model", [each for each in MODELS if label(each).startswith("c")], ids=label)
def test_no_free_text_in_clear_about_clients(model):
    """A ``TextField`` is a place for words, and words about clients are encrypted."""
    in_clear = [field for field in concrete(model) if isinstance(field, models.TextField)]

    assert in_clear == []
