"""Putting back what somebody typed, without judging it: no error shows before they save."""

from collections.abc import Iterable, Mapping

from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict

from casework.models import Draft
from casework.services import drafts

FRESH = frozenset({"form_id"})  # never taken from a draft: it names one save


def as_posted(fields: Mapping[str, list[str]]) -> QueryDict:
    """A draft's fields as the browser would send them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, [str(value) for value in values])
    return data


def restore(form: BaseForm, draft: Draft | None) -> None:
    """Fill an unbound ``form`` from ``draft``; does nothing without one."""
    if draft is not None:
        fill(form, as_posted(drafts.typed_in(draft)))


def fill(form: BaseForm, data: QueryDict, fresh: Iterable[str] = FRESH) -> None:
    """The values typed become the form's initial ones; a field that was not sent keeps its own."""
    for name, field in form.fields.items():
        sent_as = form.add_prefix(name)
        if name not in set(fresh) and not field.widget.value_omitted_from_data(data, {}, sent_as):
            form.initial[name] = field.widget.value_from_datadict(data, {}, sent_as)


def fill_set(formset: BaseFormSet, data: QueryDict) -> None:
    for form in formset.forms:
        fill(form, data, fresh=())
