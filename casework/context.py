"""What the frame of every page needs: places, and the addresses its scripts use."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from casework.places import ON_THE_BAR, address, current_among, places_for


def places(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a part of a page fetched by htmx has no frame and pays nothing."""
    return {"frame": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    shown = shown_places(request)
    # The words are part of it, so that each language has its own drawing.
    as_key = tuple(tuple({**place, "text": str(place["text"])}.items()) for place in shown)
    return {
        "places": shown,
        "first": shown[:ON_THE_BAR],
        "beyond": shown[ON_THE_BAR:],
        "drawn": drawn(as_key, on_bar=True),
        "drawn_beyond": drawn(as_key[ON_THE_BAR:], on_bar=False),
        "compact": getattr(request.user, "compact_rows", False),
        "signed_in": request.user.is_authenticated,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "here": request.get_full_path() if request.method == "GET" else "/",
        "search_url": address("search") if any(each["name"] == "search" for each in shown) else "",
    }


@lru_cache(maxsize=256)
def drawn(shown: tuple[tuple[tuple[str, Any], ...], ...], *, on_bar: bool) -> SafeString:
    """The places as a list: a dozen of them, the same on most pages, so drawn once for all."""
    places = [dict(place) for place in shown]
    return SafeString(render_to_string("_components/places.html", {"places": places, "on_bar": on_bar}))


def shown_places(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    shown = [(place, address(place.url_name)) for place in places_for(request.user.role_keys)]
    current = current_among([url for _place, url in shown if url], request.path)
    return [
        {
            "name": place.url_name,
            "text": place.text,
            "icon": place.icon,
            "url": url,
            "current": url == current,
        }
        for place, url in shown
        if url
    ]
