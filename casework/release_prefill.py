"""What the record would say of each item: a beginning, to be read and changed before anything is signed."""

from django.utils.translation import gettext as _

from casework import case_facts, harm_history
from casework.harm_reading import HarmReading
from casework.models import Case
from clients.choices import AgeBand, Language, Unanswered, YesNo
from clients.models import Client
from clients.release_choices import Item


def from_record(case: Case, contact: HarmReading) -> dict[str, str]:
    """Item to words; an item the record says nothing about is not there."""
    client = case.client
    found = {
        Item.NAME: client.name or client.alias,
        Item.PHONE: ", ".join(client.phones or []),
        Item.ADDRESS: client.address,
        Item.AGE_BAND: _label(AgeBand, client.age_band),
        Item.BIRTH_DATE: client.birth_date,
        Item.LANGUAGE: _language(client),
        Item.ACCESS_NEEDS: client.access_needs,
        Item.NEEDS: ", ".join(case_facts.help_labels(case.help_sought)),
        Item.ORDER: "; ".join(
            f"{order.get_kind_display()}, {harm_history.ending_words(order, contact.today)}"
            for order in contact.orders_standing
        ),
    }
    return {item.value: words for item, words in found.items() if words}


def _label(choices: type[AgeBand] | type[Language], code: str) -> str:
    return "" if code in Unanswered.values else case_facts.label_of(choices, code)


def _language(client: Client) -> str:
    named = client.language_words or _label(Language, client.language)
    wanted = _("an interpreter is wanted") if client.interpreter == YesNo.YES else ""
    return ", ".join(filter(None, (named, wanted)))
