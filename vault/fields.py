"""Model fields that are ciphertext in the database, in dumps, in caches and in querysets.

A field ``name`` gives the instance two attributes: ``name`` is plain and opens the key at first
access; ``name_sealed`` is what is stored, and is all that Django's own machinery ever handles.
"""

import json
from base64 import b64decode, b64encode
from copy import deepcopy
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import Promise, lazy

from vault import cipher, keys
from vault.errors import CannotDecrypt, NoOwner

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field

PREFIX = "sealed:"  # how a ciphertext looks in a dump
SHORT = 255  # texts up to here are typed into one line


class Sealed(bytes):
    """A ciphertext as it came from the database."""

    def __repr__(self) -> str:
        return "<sealed>"


class Held:
    """A plain value on an instance, beside the ciphertext it came from or will replace.

    ``body`` is the plain value as it was when ``sealed`` was made, ``place`` where that was.
    """

    __slots__ = ("body", "dirty", "place", "plain", "sealed")

    def __init__(
        self,
        plain: Any,
        sealed: Sealed | None,
        place: bytes = b"",
        body: bytes | None = None,
        dirty: bool = False,
    ) -> None:
        self.plain, self.sealed, self.place, self.body, self.dirty = plain, sealed, place, body, dirty

    def __repr__(self) -> str:
        return "<plain text, kept out of sight>"

    def __reduce__(self) -> Any:
        """Pickles go to caches and brokers: the ciphertext may, the plain text never."""
        if self.dirty or self.sealed is None:
            raise TypeError("A text that was not saved yet is never pickled.")
        return Sealed, (bytes(self.sealed),)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Held":
        return Held(deepcopy(self.plain, memo), self.sealed, self.place, self.body, self.dirty)


class Unsaved:
    """Stands for a plain value wherever Django asks for the stored one; sealed when written."""

    __slots__ = ("field", "instance")

    def __init__(self, field: "EncryptedField", instance: Model) -> None:
        self.field, self.instance = field, instance

    def __repr__(self) -> str:
        return "<unsaved>"


class SealedAttribute(DeferredAttribute):
    """``instance.name_sealed``: loads like any deferred field, never shows a plain value."""

    field: "EncryptedField"

    def __get__(self, instance: Model | None, cls: type[Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        return Unsaved(self.field, instance) if isinstance(value, Held) else value

    def __set__(self, instance: Model, value: Any) -> None:
        if isinstance(value, Unsaved):
            if value.instance is instance:
                return
            value = value.field.plain_of(value.instance)
        self.field.assign(instance, value)


class PlainAttribute:
    """``instance.name``: decrypts at first access."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, instance: Model | None, cls: type[Model] | None = None) -> Any:
        return self if instance is None else self.field.plain_of(instance)

    def __set__(self, instance: Model, value: Any) -> None:
        self.field.assign(instance, value)


class EncryptedField(AnyField):
    descriptor_class = SealedAttribute

    # --- plain values ---------------------------------------------------------------------

    def to_body(self, plain: Any) -> bytes:
        raise NotImplementedError

    def from_body(self, body: bytes) -> Any:
        raise NotImplementedError

    def plain_of(self, instance: Model) -> Any:
        stored = self._stored(instance)
        if stored is None:
            return None
        if isinstance(stored, Held):
            return stored.plain
        place, owner = self._place(instance)
        body = _opened(stored, place, owner)
        plain = self.from_body(body)
        instance.__dict__[self.attname] = Held(plain, stored, place, body)
        return plain

    def assign(self, instance: Model, value: Any) -> None:
        if value is None or isinstance(value, Sealed):
            instance.__dict__[self.attname] = value
            return
        before = instance.__dict__.get(self.attname)
        if isinstance(before, Held):
            held = Held(value, before.sealed, before.place, before.body, dirty=True)
        else:
            held = Held(value, before, dirty=True)
        instance.__dict__[self.attname] = held

    # --- sealing --------------------------------------------------------------------------

    def sealed_of(self, instance: Model) -> Sealed | None:
        """What to store now. An unchanged value keeps its very bytes."""
        stored = self._stored(instance)
        if not isinstance(stored, Held):
            return self._checked(instance, stored)
        place, owner = self._place(instance)
        body = self.to_body(stored.plain)
        if stored.sealed is not None and self._is_same(stored, body, place, owner):
            sealed = stored.sealed
        else:
            sealed = Sealed(cipher.seal(keys.data_key(owner), cipher.pad(body), place=place))
        instance.__dict__[self.attname] = Held(stored.plain, sealed, place, body)
        return sealed

    def _is_same(self, held: Held, body: bytes, place: bytes, owner: UUID) -> bool:
        if held.body is not None:
            return held.place == place and held.body == body
        try:
            return _opened(held.sealed or b"", place, owner) == body
        except CannotDecrypt:
            return False

    def _checked(self, instance: Model, stored: Sealed | None) -> Sealed | None:
        """A row copied under a new id must not be written with a text nobody can open."""
        if stored is not None and instance._state.adding:
            _opened(stored, *self._place(instance))
        return stored

    def open_at(self, sealed: bytes, pk: object, owner: UUID) -> Any:
        """The plain value of a row that is known by its id only."""
        return self.from_body(_opened(sealed, self.place_of(pk, owner), owner))

    def place_of(self, pk: object, owner: UUID) -> bytes:
        return f"{self.model._meta.db_table}|{self.column}|{pk}|{owner}".encode()

    def _place(self, instance: Model) -> tuple[bytes, UUID]:
        owner = owner_of(instance)
        if instance.pk is None:
            raise NoOwner(f"{instance._meta.label} needs an id before its texts can be encrypted.")
        return self.place_of(instance.pk, owner), owner

    def _stored(self, instance: Model) -> Any:
        if self.attname not in instance.__dict__:
            getattr(instance, self.attname)  # deferred: load it
        return instance.__dict__[self.attname]

    # --- what Django asks -----------------------------------------------------------------

    def get_attname(self) -> str:
        return f"{self.name}_sealed"

    def get_attname_column(self) -> tuple[str, str]:
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, name, PlainAttribute(self))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> Any:
        return connection.ops.binary_placeholder_sql(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        return self.sealed_of(model_instance)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Unsaved):
            value = self.sealed_of(value.instance)
        if value is None or hasattr(value, "as_sql"):
            return value
        return self.get_db_prep_value(value, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Unsaved):
            value = Sealed(b"\x00")  # a constraint being checked asks only whether it is there
        if value is None or isinstance(value, Sealed):
            return value if value is None else connection.Database.Binary(bytes(value))
        raise FieldError(f"{self.name} is encrypted for one row: save the row instead of update().")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it can be asked for isnull only, not {lookup_name}.")
        return super().get_lookup(lookup_name)

    def clean(self, value: Any, model_instance: Model | None) -> Any:
        plain = value.field.plain_of(value.instance) if isinstance(value, Unsaved) else value
        if isinstance(plain, Sealed):
            return value  # as stored: it was checked when it was typed
        self.validate(plain, model_instance)
        self.run_validators(plain)
        return value

    def value_from_object(self, obj: Model) -> Any:
        return getattr(obj, self.attname)

    def value_to_string(self, obj: Model) -> str:
        sealed = self.sealed_of(obj)
        return "" if sealed is None else PREFIX + b64encode(sealed).decode("ascii")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(PREFIX):
            return Sealed(b64decode(value.removeprefix(PREFIX)))
        return value

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = super().check(**kwargs)
        if not hasattr(self.model, "vault_owner"):
            problems.append(
                checks.Error(f"{self.model.__name__} names no vault_owner.", obj=self, id="vault.E001")
            )
        if self.unique or getattr(self, "db_index", False):
            problems.append(checks.Error("An encrypted field has no index.", obj=self, id="vault.E002"))
        return problems


class EncryptedTextField(EncryptedField):
    """Text of any length. ``""`` is encrypted like any text; with ``null=True``, None stays NULL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def assign(self, instance: Model, value: Any) -> None:
        if isinstance(value, Promise):
            value = str(value)
        if not isinstance(value, str | Sealed | None):
            raise TypeError(f"{self.name} takes text.")
        super().assign(instance, value)

    def to_body(self, plain: str) -> bytes:
        return plain.encode("utf-8", "surrogatepass")

    def from_body(self, body: bytes) -> str:
        return body.decode("utf-8", "surrogatepass")

    def value_from_object(self, obj: Model) -> Any:
        """For forms. Lazy, so that a dump, which asks here too, opens no key."""
        stored = self._stored(obj)
        if isinstance(stored, Sealed):
            return _later(obj, self.name)
        return None if stored is None else stored.plain

    def formfield(self, **kwargs: Any) -> Any:
        options: dict[str, Any] = {"form_class": forms.CharField, "max_length": self.max_length}
        if self.max_length is None or self.max_length > SHORT:
            options["widget"] = forms.Textarea
        if self.null:
            options["empty_value"] = None
        return super().formfield(**(options | kwargs))


class EncryptedJSONField(EncryptedField):
    """Anything JSON can say (dates become text). Changes inside the value are saved as well."""

    empty_strings_allowed = False

    def to_body(self, plain: Any) -> bytes:
        text = json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")

    def from_body(self, body: bytes) -> Any:
        return json.loads(body.decode("utf-8", "surrogatepass"))

    def formfield(self, **kwargs: Any) -> None:
        return None


def encrypted_fields(model: type[Model]) -> list[EncryptedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


@cache
def encrypted_field_names(model: type[Model]) -> frozenset[str]:
    return frozenset(field.name for field in encrypted_fields(model))


def raw(instance: Model, name: str) -> bytes | None:
    """The ciphertext now; a value just assigned is sealed first. Differs only if the value does."""
    field = instance._meta.get_field(name)
    if not isinstance(field, EncryptedField):
        raise TypeError(f"{name} is not encrypted.")
    return field.sealed_of(instance)


def owner_of(instance: Model) -> UUID:
    path: str = getattr(instance, "vault_owner", "")
    if not path:
        raise NoOwner(f"{instance._meta.label} names no vault_owner.")
    owner = attrgetter(path)(instance)
    if owner is None:
        raise NoOwner(f"{instance._meta.label} has nobody at {path}: it is not known whose key to use.")
    return owner if isinstance(owner, UUID) else UUID(str(owner))


def _opened(sealed: bytes, place: bytes, owner: UUID) -> bytes:
    return cipher.unpad(cipher.unseal(keys.data_key(owner), sealed, place=place))


def _text_of(instance: Model, name: str) -> str:
    return str(getattr(instance, name))


_later = lazy(_text_of, str)
