"""Records of the contact history for tests, made through the services."""

from datetime import date

from django.utils import timezone

from casework.services import harm_contact, orders, risk
from casework.services.harm_contact import Said


def an_entry(case, by, **facts):
    usual = {"value": "in_contact", "happened_on": date(2026, 3, 14), "words": "Words of the entry"}
    return harm_contact.write_entry(case=case, by=by, **{**usual, **facts})


def a_rest(case, by, area="housing", state="at_stake", on=date(2026, 3, 14), **said):
    said = Said(area, state, **{"words": f"Words about {area}", **said})
    return harm_contact.write_rests(case=case, by=by, said_on=on, rests=[said])[0]


def an_order(case, by, **facts):
    usual = {"kind": "protection", "terms": "Words of the order", "served": "no"}
    return orders.add_order(case=case, by=by, **{**usual, **facts})


def a_breach(order, by, **facts):
    usual = {"happened_at": timezone.now(), "what": "Words of the breach", "reported_to": "police"}
    return orders.log_breach(order=order, by=by, **{**usual, **facts})


def a_risk(case, by, **facts):
    usual = {"tool": "da", "assessed_on": date(2026, 3, 14), "assessor": by, "level": "Words of the level"}
    return risk.add_risk(case=case, by=by, **{**usual, **facts})


def harm_things(case, by):
    """One of each kind an address may name."""
    order = an_order(case, by)
    return {
        "entry": an_entry(case, by),
        "rest": a_rest(case, by),
        "order": order,
        "breach": a_breach(order, by),
        "risk": a_risk(case, by),
    }
