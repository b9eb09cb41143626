"""What PMT says when a form does not hold together, said before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.pmt import CATEGORIES, Cells, Pmt

TO_EXPLAIN = ("V13", "V26", "S08")
NOT_TRACKED = {"race": "R99", "gender": "G99", "age": "A99"}


@dataclass(frozen=True)
class Finding:
    """``stops``: PMT does not take the form so; otherwise a monitor will ask."""

    question: str
    sentence: str
    stops: bool = True


def check(form: Pmt) -> list[Finding]:
    return [
        *_people(form),
        *_blocks(form),
        *_types(form),
        *_services(form),
        *_explained(form),
        *_tracked(form),
    ]


def _people(form: Pmt) -> Iterator[Finding]:
    served, new, assisted = form.served.individuals, form.new.individuals, form.compensation.individuals
    if new > served:
        yield Finding(
            "3", _said(_("New individuals (%(a)d) are more than all individuals (%(b)d)."), new, served)
        )
    if assisted is not None and assisted > served:
        yield Finding(
            "6",
            _said(
                _("Assisted with an application (%(a)d) is more than question 1 (%(b)d)."), assisted, served
            ),
        )


def _blocks(form: Pmt) -> Iterator[Finding]:
    """Race, gender and age are given for each new individual, once."""
    blocks: tuple[tuple[str, Cells], ...] = (
        ("4A", form.demographics.race),
        ("4B", form.demographics.gender),
        ("4C", form.demographics.age),
    )
    for question, cells in blocks:
        total = sum(cells.values())
        if total != form.new.individuals:
            yield Finding(
                question,
                _said(_("The lines sum to %(a)d, question 3 says %(b)d."), total, form.new.individuals),
            )


def _types(form: Pmt) -> Iterator[Finding]:
    for question, cells in (("5A", form.victimisation.types), ("5C", form.special.lines)):
        for code, count in cells.items():
            if count > form.everybody:
                words = _("Line %(code)s (%(a)d) is more than questions 1 and 2 together (%(b)d).")
                yield Finding(question, _said(words, count, form.everybody, code))
    if form.victimisation.more_than_one > form.everybody:
        words = _("More than one type (%(a)d) is more than questions 1 and 2 together (%(b)d).")
        yield Finding("5B", _said(words, form.victimisation.more_than_one, form.everybody))


def _services(form: Pmt) -> Iterator[Finding]:
    for category in CATEGORIES:
        people = form.given.individuals.get(category, 0)
        times = sum(count for code, count in form.given.times.items() if code[0] == category)
        if people > form.everybody:
            words = _("Individuals (%(a)d) are more than questions 1 and 2 together (%(b)d).")
            yield Finding(f"8{category}", _said(words, people, form.everybody))
        if times < people:
            words = _("%(a)d services cannot reach %(b)d individuals.")
            yield Finding(f"8{category}", _said(words, times, people))
        if form.offered.categories is not None and times and category not in form.offered.categories:
            yield Finding(f"8{category}", _("Services are counted, but question 7 does not offer them."))


def _explained(form: Pmt) -> Iterator[Finding]:
    lines = {**form.victimisation.types, **form.special.lines}
    for code in TO_EXPLAIN:
        if lines.get(code) and code not in form.explained:
            words = _("Line %(code)s counts %(a)d: write a sentence that explains it.")
            yield Finding("5C" if code[0] == "S" else "5A", _said(words, lines[code], 0, code))


def _tracked(form: Pmt) -> Iterator[Finding]:
    """*Not Tracked* means that the agency does not ask at all; monitors take it for a mistake."""
    for block, code in NOT_TRACKED.items():
        count = getattr(form.demographics, block).get(code, 0)
        if count:
            words = _("%(a)d new individuals are under Not Tracked: they were not asked.")
            yield Finding("4", _said(words, count, 0), stops=False)


def _said(words: str, a: int, b: int, code: str = "") -> str:
    return words % {"a": a, "b": b, "code": code}
