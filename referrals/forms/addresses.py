"""Addresses on the web and of email, as people type them. Only what is safe to follow is kept."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST = 500


class WebAddress(forms.CharField):
    """``example.org`` becomes ``https://example.org``; anything but http and https is not kept."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "url", "autocomplete": "off", "dir": "ltr"}
        super().__init__(required=False, max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if not text:
            return ""
        if "://" not in text:
            text = f"https://{text}"
        return self._checked(text)

    def _checked(self, text: str) -> str:
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        if (
            not host
            or "." not in host
            or parts.scheme not in {"http", "https"}
            or any(map(str.isspace, text))
        ):
            raise ValidationError(_("Write the address of a page, such as www.example.org."))
        return text


class EmailText(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "email", "autocomplete": "off", "dir": "ltr"}
        super().__init__(required=False, max_length=254, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if text:
            try:
                validate_email(text)
            except ValidationError:
                raise ValidationError(_("Write an email address, such as help@example.org.")) from None
        return text
