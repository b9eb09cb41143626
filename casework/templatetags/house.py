"""The pieces every page is made of. Shown together on the gallery page.

A builtin library: no ``{% load %}``. Pieces with several optional parts are tags rather
than bare includes, so that their parts have names, defaults and one place to look.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.services import wording

register = template.Library()

ICON_OF = {
    "safe": "check",
    "later": "clock",
    "look": "look",
    "danger": "look",
    "here": "check",
    "plain": "",
}
MESSAGE_KIND = {"success": "safe", "warning": "look", "error": "look"}
EXCERPT = 220


@register.simple_tag
@lru_cache(maxsize=512)  # a few dozen pictures, twenty and more of them on each page
def icon(name: str, size: str = "", turns: bool = False) -> SafeString:
    """A picture beside its word, hidden from screen readers. ``turns``: mirrored right to left."""
    classes = f"icon icon-{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"{classes} icon-turns" if turns else classes,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def status(kind: str, text: Any, icon_name: str = "") -> SafeString:
    """A state: word, icon and colour together. Kinds: safe, later, look, danger, here, plain."""
    picture = icon_name or ICON_OF[kind]
    drawn = icon(picture, "small") if picture else ""
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, drawn, text)


# --- Dates and somebody's own words --------------------------------------------------------


@register.filter
def local(value: Any, style: str = "") -> str:
    """Agency time in the reader's language. Styles: date, time, weekday, month, (none) date and time."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        if not style:
            return f"{formats.date_format(value, _format('date'))}, {formats.date_format(value, 'H:i')}"
    return formats.date_format(value, _format(style or "date"))


def _format(style: str) -> str:
    return {
        "date": pgettext("date format", "j M Y"),
        "weekday": pgettext("date format", "D j M"),
        "month": pgettext("date format", "F Y"),
        "time": "H:i",
    }[style]


@register.simple_tag
def when(value: date | datetime, style: str = "") -> SafeString:
    """The same as ``|local`` as a ``<time>``, which screen readers and tools can read."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), local(value, style))


@register.filter
def own(value: Any) -> SafeString:
    """A name or short text someone typed, in its own direction, without disturbing ours."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def words(value: str) -> SafeString:
    """A longer text someone typed: paragraphs, a readable measure, its own direction."""
    text = mark_safe(linebreaks(str(value), autoescape=True))  # noqa: S308  (escaped by linebreaks)
    return format_html('<div class="words" dir="auto">{}</div>', text)


@register.inclusion_tag("_components/long_text.html")
def long_text(value: str, length: int = EXCERPT) -> dict[str, Any]:
    """``words`` that fold when long."""
    value = str(value)
    folded = len(value) > length * 1.3
    excerpt = value[:length].rsplit(" ", 1)[0] if folded else ""
    return {"value": value, "folded": folded, "excerpt": excerpt}


# --- Pieces ------------------------------------------------------------------------------


@register.inclusion_tag("_components/empty.html")
def empty(text: Any, action_url: str = "", action: Any = "", icon_name: str = "leaf") -> dict[str, Any]:
    """What a list says when it is empty: something kind and true, and perhaps a way on."""
    return {"text": text, "action_url": action_url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("_components/notice.html")
def notice(kind: str, text: Any, title: Any = "", icon_name: str = "", live: bool = False) -> dict[str, Any]:
    """A sentence that stands out. ``live``: it appeared just now and is read aloud."""
    return {
        "kind": kind,
        "text": text,
        "title": title,
        "icon_name": icon_name or {"later": "info"}.get(kind) or ICON_OF[kind] or "info",
        "live": live,
    }


@register.filter
def message_kind(tags: str) -> str:
    """Django's message level as one of our kinds; nothing a message says is red."""
    return next((MESSAGE_KIND[tag] for tag in tags.split() if tag in MESSAGE_KIND), "later")


@register.inclusion_tag("_components/page_nav.html")
def page_nav(newer: str = "", older: str = "", newer_text: Any = "", older_text: Any = "") -> dict[str, Any]:
    """Keyset paging: the addresses of the pages before and after this one, if any."""
    return {
        "newer": newer,
        "older": older,
        "newer_text": newer_text or _("Newer"),
        "older_text": older_text or _("Older"),
    }


@register.inclusion_tag("_components/tabs.html")
def tabs(items: list[dict[str, Any]], label: Any) -> dict[str, Any]:
    """Links between views of one thing. Items: text, url, current, and perhaps count."""
    return {"items": [{"count": None, **item} for item in items], "label": label}


@register.inclusion_tag("_components/person.html")
def person(name: str, detail: Any = "") -> dict[str, Any]:
    """A colleague: initials and name. Never for a client."""
    return {"name": name, "detail": detail, "initials": initials(name)}


@register.filter
def initials(name: str) -> str:
    parts = str(name).split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


@register.simple_block_tag(takes_context=False)
def fold(content: str, title: Any, count: Any = "", is_open: bool = False) -> SafeString:
    """Something that waits until asked for: ``{% fold "They will contact us" count=14 %}…{% endfold %}``."""
    return format_html(
        '<details class="fold"{}><summary>{}{}</summary><div>{}</div></details>',
        mark_safe(" open") if is_open else "",
        title,
        format_html(' <span class="fold-count">{}</span>', count) if count != "" else "",
        content,
    )


@register.simple_block_tag(takes_context=False)
def timeline_item(
    content: str, icon_name: str, title: Any, at: Any = None, who: Any = "", style: str = ""
) -> SafeString:
    """One thing that happened, inside ``<ol class="timeline">``."""
    return format_html(
        '<li><span class="timeline-mark">{}</span><div class="timeline-head"><h3>{}</h3>'
        '<span class="meta">{}{}</span></div><div class="timeline-body">{}</div></li>',
        icon(icon_name),
        title,
        when(at, style) if at else "",
        format_html(" · {}", who) if who else "",
        content,
    )


# --- Forms -------------------------------------------------------------------------------


@register.inclusion_tag("_components/field.html")
def field(bound: BoundField, companion: BoundField | None = None, shown_when: str = "") -> dict[str, Any]:
    """A field the house way. ``companion``: the radio field with *declined, not asked, unknown*.

    ``shown_when="other=value"`` hides it until that field has that value (without JavaScript
    it is always shown).
    """
    return {"field": bound, "companion": companion, "shown_when": shown_when}


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form: BaseForm, *more: BaseForm) -> dict[str, Any]:
    """Everything that needs another look, at the top, with links to the fields."""
    forms = [form, *more]
    return {
        "general": [error for each in forms for error in each.non_field_errors()],
        "fields": [bound for each in forms for bound in each if bound.errors],
    }


@register.inclusion_tag("_components/word_hints.html")
def word_hints() -> dict[str, Any]:
    """For pages with a text to write: the list that ``words.js`` offers plainer words from."""
    return {"hints": wording.hints()}


@register.filter
def mark(bound: BoundField) -> str:
    """``required`` where a form has both kinds of field; nothing where all are alike."""
    kinds = {bool(each.field.required) for each in bound.form if not each.is_hidden}
    return _("required") if bound.field.required and len(kinds) == 2 else ""


@register.filter
def kind_of(bound: BoundField) -> str:
    """How the field is laid out: tick, choices, chips or text."""
    widget = bound.field.widget
    if getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset:
        return "tick"
    if getattr(widget, "input_type", "") in {"radio", "checkbox"}:
        return "chips" if "chips" in widget.attrs.get("class", "") else "choices"
    return "text"


@register.filter
def attrs(bound: BoundField, text: str) -> SafeString:
    """The widget with one more attribute: ``{{ form.q|attrs:"autocomplete=off" }}``."""
    name, _equals, value = text.partition("=")
    return bound.as_widget(attrs={**bound.field.widget.attrs, name: conditional_escape(value)})
