"""What every page knows: the agency's choices, and the flags its banner needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import agency as choices


def agency(request: HttpRequest) -> dict[str, Any]:
    return {
        "agency": choices.chosen(),
        "DEMO": settings.DEMO,
        "SECOND_FACTOR_REQUIRED": settings.SECOND_FACTOR_REQUIRED,
    }
