"""Exact marks of a service in the index: what it helps with, its languages, areas, ways in.

A mark is one made-up word, such as ``n0shelter``, so that one index answers words and
filters together. Pure.
"""

from collections.abc import Iterable
from typing import Final

from casework.search import plain, words_of
from clients.choices import Language
from referrals.finding.query import Access

NEED, LANGUAGE, AREA, MEANS, ACCESS = "n", "l", "a", "m", "x"
AREA_UNSAID, EVERYWHERE = "a0unsaid", "a0everywhere"

# Words of an area's name that say nothing about which area it is.
_AREA_FILLERS = """
    county counties city cities town state area areas region of the and in greater metro metropolitan
    condado ciudad estado zona region de del la el y
"""
AREA_FILLERS: Final = frozenset(_AREA_FILLERS.split())
WIDE: Final = (
    *("nationwide", "national", "statewide", "united states", "all counties", "entire state", "everywhere"),
    *("todo el pais", "todo el estado", "nacional"),
)

# Folded names by which directories, and people, call a language; two letters and three as well.
LANGUAGE_NAMES: Final[dict[str, str]] = {
    Language.ENGLISH: "en eng english ingles",
    Language.SPANISH: "es spa spanish espanol castellano",
    Language.AMHARIC: "am amh amharic amarico",
    Language.ARABIC: "ar ara arabic arabe",
    Language.ASL: "ase asl sgn sign senas",
    Language.CHINESE: "zh chi zho chinese mandarin cantonese chino",
    Language.FRENCH: "fr fre fra french frances",
    Language.HAITIAN: "ht hat haitian kreyol creole haitiano criollo",
    Language.HINDI: "hi hin hindi",
    Language.KOREAN: "ko kor korean coreano",
    Language.NEPALI: "ne nep nepali nepales",
    Language.PERSIAN: "fa per fas persian farsi dari persa",
    Language.PORTUGUESE: "pt por portuguese portugues",
    Language.RUSSIAN: "ru rus russian ruso",
    Language.SOMALI: "so som somali",
    Language.SWAHILI: "sw swa swahili",
    Language.TAGALOG: "tl tgl tagalog filipino",
    Language.UKRAINIAN: "uk ukr ukrainian ucraniano",
    Language.URDU: "ur urd urdu",
    Language.VIETNAMESE: "vi vie vietnamese vietnamita",
}
_LONG = 4
_BY_NAME = {name: code for code, names in LANGUAGE_NAMES.items() for name in names.split()}

_ACCESS: Final[dict[str, str]] = {
    Access.WHEELCHAIR: "wheelchair wheelchairs ramp ramps elevator elevators lift ada accessible mobility "
    "rampa silla ascensor",
    Access.HEARING: "deaf hearing asl tty tdd loop sign sordo sordos senas auditiva",
    Access.SEEING: "blind vision visual visually braille print ciego ciegos",
}
ACCESS_WORDS: Final = {code: frozenset(words.split()) for code, words in _ACCESS.items()}


def mark(kind: str, code: str) -> str:
    return f"{kind}0{''.join(c for c in plain(code) if c.isalnum())}"


def area_words(text: str) -> list[str]:
    """The telling words of an area's name: "Baltimore County" is about Baltimore."""
    words = words_of(text)
    return [word for word in words if word not in AREA_FILLERS] or words


def area_marks(names: Iterable[str]) -> set[str]:
    names = [name for name in names if name and name.strip()]
    if not names:
        return {AREA_UNSAID}
    marks = {mark(AREA, word) for name in names for word in area_words(name)}
    folded = " \n ".join(map(plain, names))
    return marks | ({EVERYWHERE} if any(wide in folded for wide in WIDE) else set())


def language_codes(said: Iterable[str]) -> set[str]:
    """Of "Spanish", "spa", "English and Español" and the like; what is none of ours is left out."""
    found = set()
    for text in said:
        words = words_of(text)
        alone = len(words) == 1
        found |= {_BY_NAME[word] for word in words if word in _BY_NAME and (alone or len(word) >= _LONG)}
    return found


def access_codes(said: Iterable[str]) -> set[str]:
    words = {word for text in said for word in words_of(text)}
    return {code for code, telling in ACCESS_WORDS.items() if words & telling}
