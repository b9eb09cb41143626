"""Words by which a place to hide from violence is known, in English and Spanish. Pure.

Two kinds must come together, violence and staying, unless the words say both. The lists
would rather hide an office too many than show one shelter.
"""

import re
from collections.abc import Iterable
from typing import Final

from referrals.needs import Need

VIOLENCE: Final = (
    r"(?:domestic|family|dating|partner|sexual|gender[- ]based)(?:[ /]+(?:(?:and|or|&) )?\w+)?[- ]"
    r"(?:violence|abuse|assaults?)",
    r"violence|violent (?:home|relationship|partner)s?",
    r"(?<!substance )(?<!drug )(?<!alcohol )(?<!chemical )(?<!drugs )(?<!drug/alcohol )abuse",
    r"abusive|abusers?|abused|batter(?:ed|ing|ers?)|assaults?|rape|incest|stalking|stalked",
    r"(?:escap\w+|flee\w*|fled|leaving) (?:an? |the |their |from )*(?:unsafe|danger\w*|harm)",
    r"survivors?|(?:crime )?victims? of|crime victims?|victim services",
    r"(?:human |sex )?traffick\w+|exploitation|DV|DV/SA|IPV|honou?r[- ]based",
    r"violencia|maltrat\w+|abuso (?:sexual|dom[eé]stico|f[ií]sico|familiar)|abusad[oa]s|abusiv[oa]s",
    r"agresi[oó]n(?:es)? sexual(?:es)?|trata de personas|v[ií]ctimas?|sobrevivientes?|golpead[oa]s|acoso",
)
STAYING: Final = (
    r"shelters?|sheltering|refuges?|refugios?|albergues?",
    r"safe[- ]?(?:houses?|homes?|housing|havens?|beds?|dwellings?|lodging|apartments?)",
    r"safe places? to (?:stay|live|sleep|go)|somewhere safe to (?:stay|live|sleep)",
    r"(?:emergency|crisis|temporary|transitional|interim|bridge|short[- ]term|supportive|confidential|secure)"
    r" (?:\w+ )?(?:housing|residences?|lodging|accommodations?|homes?|stays?|beds?|apartments?|living)",
    r"residential (?:programs?|services|facilit(?:y|ies)|care|stays?|settings?)|scattered[- ]site",
    r"(?:overnight|hotel|motel) (?:stays?|vouchers?|beds?)|hotel/motel",
    r"casas? (?:seguras?|hogar|de acogida|de paso|de emergencia|de transici[oó]n)|alojamientos?|hospedajes?",
    r"hogar(?:es)? (?:seguros?|de acogida|temporal(?:es)?|transitorios?)",
    r"viviendas? (?:de emergencia|temporal(?:es)?|transitorias?|transicional(?:es)?|seguras?|"
    r"de transici[oó]n)",
    r"lugar(?:es)? seguros? (?:donde|para)",
)
# Each of these says both.
SAFE_HOUSE: Final = (
    r"safe[- ]?(?:houses?|homes?|havens?)",
    r"(?:wom[ae]n|mothers?|ladies)(?: and (?:their )?child(?:ren)?)?(?:'s|s'|’s)? "
    r"(?:emergency |crisis |domestic |safe )*(?:shelters?|refuges?)",
    r"(?:confidential|undisclosed|secret|hidden|unlisted) (?:\w+ )?"
    r"(?:locations?|address(?:es)?|places?|sites?|shelters?|housing|facilit(?:y|ies)|residences?)",
    r"(?:location|address|site|place)s? (?:is|are|kept|remains?|stays?) (?:kept |strictly )?"
    r"(?:confidential|undisclosed|secret|private|not (?:published|disclosed|public|listed))",
    r"casas? seguras?|casas? de acogida|(?:refugio|albergue)s? (?:para|de) (?:mujeres|madres)",
    r"(?:ubicaci[oó]n|direcci[oó]n|domicilio) (?:es )?(?:confidencial|secret[oa]|reservad[oa]|"
    r"no publicad[oa])",
)
# A street with its number, as somebody writes it into a description.
STREET: Final = (
    r"\b\d{1,6}(?:-\d+)?[A-Za-z]?\s+(?:(?:[A-Z0-9][\w.'’-]*)\s+){1,4}"
    r"(?:Street|Str?|Avenue|Ave?|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Parkway|Pkwy|"
    r"Highway|Hwy|Way|Terrace|Ter|Circle|Cir|Square|Sq|Pike|Row|Trail|Trl)\b\.?"
    r"(?:,?\s*(?:#|Apartment|Apt|Suite|Ste|Unit|Floor|Fl|Room|Rm)\.?\s*[\w-]+)?",
    r"\b(?:Calle|Avenida|Carrera|Apartado)\s+[\w.#º°-]+(?:\s+[A-Z0-9#º°][\w.#º°-]*){0,3}",
    r"\bP\.?\s?O\.?\s+Box\s+\d+",
)


def _whole_words(*lists: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lists)})(?!\w)", re.IGNORECASE)


_VIOLENCE, _STAYING, _SAFE_HOUSE = (_whole_words(*words) for words in (VIOLENCE, STAYING, SAFE_HOUSE))
_STREET = re.compile("|".join(STREET))


def looks_confidential(
    texts: Iterable[str], needs: Iterable[str] = (), *, run_by: Iterable[str] = ()
) -> bool:
    """Whether these texts, about one thing, together speak of a place to hide from violence.

    ``run_by`` is about whoever runs it: a place to stay whose own words are neutral is one
    of these when those who run it speak of violence.
    """
    said = _joined(texts)
    if _SAFE_HOUSE.search(said):
        return True
    if Need.SHELTER not in needs and not _STAYING.search(said):
        return False
    return bool(_VIOLENCE.search(said) or _VIOLENCE.search(_joined(run_by)))


def _joined(texts: Iterable[str]) -> str:
    return " \n ".join(text for text in texts if text).replace("_", " ")


def without_streets(text: str, known: Iterable[str], instead: str) -> str:
    """The text without what is known of an address, and without what reads like one."""
    for line in sorted(known, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(line)}(?!\w)", lambda _match: instead, text, flags=re.IGNORECASE)
    return _STREET.sub(lambda _match: instead, text)
