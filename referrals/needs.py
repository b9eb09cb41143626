"""What people need, in our own words: the short list the directory is searched by.

No other list is built in. Codes that come with somebody's package stay what they are, as
tags; ``need_from_text`` reads their plain words. Codes here are frozen, labels may change.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.harm_choices import Area


class Need(TextChoices):
    SHELTER = "shelter", _("A safe place to stay now")
    HOUSING = "housing", _("A home, and help to keep or pay for one")
    PROTECTION_ORDER = "protection_order", _("Lawyer: protection order")
    FAMILY_LAW = "family_law", _("Lawyer: divorce, custody, support")
    IMMIGRATION = "immigration", _("Lawyer: immigration")
    LEGAL = "legal", _("Lawyer: other matters")
    MEDICAL = "medical", _("Medical care")
    EXAM = "exam", _("Examination after an assault")
    COUNSELLING = "counselling", _("Counselling and therapy")
    SUPPORT_GROUP = "support_group", _("Support group")
    CRISIS_LINE = "crisis_line", _("Somebody to call at any hour")
    CHILDREN = "children", _("Help for children who saw or lived it")
    CHILDCARE = "childcare", _("Childcare")
    FOOD = "food", _("Food")
    GOODS = "goods", _("Clothing and things for the household")
    CASH = "cash", _("Money for what cannot wait")
    BENEFITS = "benefits", _("Public benefits")
    WORK = "work", _("Work and training")
    EDUCATION = "education", _("School and learning")
    TRANSPORT = "transport", _("Getting there")
    INTERPRETING = "interpreting", _("Interpreting and translation")
    DISABILITY = "disability", _("Support with a disability")
    SUBSTANCE_USE = "substance_use", _("Alcohol and drugs")
    SAFE_TECHNOLOGY = "safe_technology", _("Phones, accounts and locks made safe")
    RELOCATION = "relocation", _("Moving away")
    COMPENSATION = "compensation", _("Compensation for victims of crime")
    PETS = "pets", _("Care for animals")
    FAITH = "faith", _("Support from a faith community")
    OTHER = "other", _("Something else")


AREA_NEEDS: Final[dict[str, tuple[Need, ...]]] = {
    Area.FAMILY: (Need.SUPPORT_GROUP, Need.COUNSELLING, Need.FAMILY_LAW, Need.CRISIS_LINE),
    Area.FRIENDS: (Need.SUPPORT_GROUP, Need.COUNSELLING, Need.CRISIS_LINE, Need.FAITH),
    Area.INCOME: (Need.CASH, Need.BENEFITS, Need.WORK, Need.COMPENSATION, Need.FOOD, Need.GOODS),
    Area.HOUSING: (Need.SHELTER, Need.HOUSING, Need.RELOCATION, Need.GOODS, Need.SAFE_TECHNOLOGY),
    Area.WORK: (Need.WORK, Need.EDUCATION, Need.LEGAL, Need.CHILDCARE),
    Area.MEDICAL: (Need.MEDICAL, Need.EXAM, Need.COUNSELLING, Need.DISABILITY, Need.SUBSTANCE_USE),
    Area.CHILDREN: (Need.CHILDREN, Need.CHILDCARE, Need.FAMILY_LAW, Need.EDUCATION),
    Area.IMMIGRATION: (Need.IMMIGRATION, Need.INTERPRETING),
    Area.TRANSPORT: (Need.TRANSPORT, Need.RELOCATION),
    Area.PETS: (Need.PETS,),
    Area.FAITH: (Need.FAITH, Need.SUPPORT_GROUP),
    Area.OTHER: (Need.PROTECTION_ORDER, Need.LEGAL, Need.SAFE_TECHNOLOGY, Need.COMPENSATION, Need.OTHER),
}

# Where a package carries codes of Open Eligibility (by Aunt Bertha, Inc., CC BY-SA 3.0). Only
# the numbers stand here, for packages that use them; the list itself is not part of this.
OPEN_ELIGIBILITY: Final[dict[str, Need]] = {
    code: need
    for need, codes in {
        Need.SHELTER: "1121 1125 1135 1151",
        Need.HOUSING: "1103 1116 1136 1137 1140 1142 1143 1145 1146 1150 1152 1243",
        Need.LEGAL: "1111 1374 1375 1382 1383 1384 1386 1389",
        Need.IMMIGRATION: "1346 1381",
        Need.MEDICAL: "1106 1184 1193 1199 1201 1206 1210 1212 1217",
        Need.COUNSELLING: "1214 1220 1226 1304",
        Need.SUPPORT_GROUP: "1310 1312",
        Need.CRISIS_LINE: "1305",
        Need.CHILDCARE: "1233 1279 1280 1281 1282 1284 1294",
        Need.FOOD: "1102 1114 1120 1128 1129 1130 1131 1132 1133 1234",
        Need.GOODS: "1104 1155 1156 1157 1158 1159 1160 1161 1162 1163 1166",
        Need.CASH: "1107 1113 1119 1138 1232 1244",
        Need.BENEFITS: "1235 1256 1257 1258 1260 1261 1293 1385",
        Need.WORK: "1110 1297 1349 1353 1354 1357 1358 1365",
        Need.EDUCATION: "1109 1296 1318 1324 1326 1332 1343 1347 1350",
        Need.TRANSPORT: "1105 1172 1173 1174 1175 1176 1177 1252",
        Need.INTERPRETING: "1390",
        Need.DISABILITY: "1170 1197 1200 1208 1211 1341",
        Need.SUBSTANCE_USE: "1178 1179 1180 1181 1182 1183 1154",
        Need.PETS: "1276",
        Need.FAITH: "1311",
    }.items()
    for code in codes.split()
}


# Words in the plain names of terms and services, English and Spanish. Whole words only.
WORDS: Final[dict[Need, str]] = {
    Need.SHELTER: r"shelters?|safe ?houses?|safe housing|"
    r"refugios?|albergues?|casa segura",
    Need.HOUSING: r"housing|rent(?:al)? (?:help|assistance)|landlords?|evictions?|foreclosures?|homeless\w*|"
    r"vivienda|alquiler|renta|desalojos?",
    Need.PROTECTION_ORDER: r"(?:protect(?:ion|ive)|restraining|no[- ]contact) orders?|"
    r"orders? of protection|[oó]rden(?:es)? de (?:protecci[oó]n|alejamiento|restricci[oó]n)",
    Need.FAMILY_LAW: r"family law|divorces?|custody|child support|paternity|visitation|derecho de familia|"
    r"divorcios?|custodia|manutenci[oó]n",
    Need.IMMIGRATION: r"immigra\w+|citizenship|naturali[sz]ation|asylum|[ut][- ]visas?|vawa|refugees?|"
    r"inmigraci[oó]n|ciudadan[ií]a|asilo",
    Need.LEGAL: r"legal(?:ly)?|lawyers?|attorneys?|law|courts?|abogad[oa]s?|servicios jur[ií]dicos",
    Need.MEDICAL: r"medical|health (?:care|centers?|clinics?|services)|clinics?|hospitals?|dental|doctors?|"
    r"m[eé]dic[oa]s?|cl[ií]nicas?|salud",
    Need.EXAM: r"forensic (?:exam\w*|nurs\w*)|sane|safe exams?|rape kits?|sexual assault exam\w*|"
    r"examen forense",
    Need.COUNSELLING: r"counsel(?:l)?ing|counsel(?:l)?ors?|therap(?:y|ies|ists?)|psycho\w+|mental health|"
    r"consejer[ií]a|terapia|salud mental",
    Need.SUPPORT_GROUP: r"support groups?|peer support|grupos? de apoyo",
    Need.CRISIS_LINE: r"hot ?lines?|help ?lines?|crisis (?:lines?|intervention|calls?)|"
    r"l[ií]neas? de (?:ayuda|crisis)",
    Need.CHILDREN: r"child(?:ren)? (?:who )?witness\w*|child(?:ren)?'?s? (?:therapy|advocacy)|"
    r"children exposed|child abuse|ni[nñ]os testigos",
    Need.CHILDCARE: r"child ?care|day ?care|after ?school care|babysitting|guarder[ií]as?|"
    r"cuidado de ni[nñ]os",
    Need.FOOD: r"food|meals?|pantr(?:y|ies)|groceries|nutrition|comidas?|alimentos?|despensa",
    Need.GOODS: r"cloth(?:es|ing)|furniture|household goods|diapers?|baby supplies|thrift|"
    r"ropa|muebles|pa[nñ]ales",
    Need.CASH: r"(?:emergency )?financial (?:help|assistance)|emergency (?:funds?|payments?|cash)|"
    r"cash (?:help|assistance)|utilit(?:y|ies) (?:help|assistance|payments?)|ayuda econ[oó]mica",
    Need.BENEFITS: r"benefits?|snap|tanf|medicaid|welfare|unemployment|disability income|beneficios",
    Need.WORK: r"jobs?|employment|careers?|vocational|workforce|r[eé]sum[eé]s?|empleos?|trabajo",
    Need.EDUCATION: r"ged|literacy|esl|tutoring|schools?|education|english classes|"
    r"clases de ingl[eé]s|escuelas?|educaci[oó]n",
    Need.TRANSPORT: r"transport(?:ation)?|bus (?:passes|tickets)|rides?|gas vouchers?|transporte",
    Need.INTERPRETING: r"interpret(?:ers?|ing|ation)|translat(?:ion|ors?)|int[eé]rpretes?|traducci[oó]n",
    Need.DISABILITY: r"disabilit(?:y|ies)|deaf|blind|accessib\w+ services|discapacidad|sord[oa]s",
    Need.SUBSTANCE_USE: r"substance (?:use|abuse)|addictions?|alcohol\w*|"
    r"drug (?:treatment|rehab\w*)|detox\w*|recovery (?:house|program)s?|adicciones|desintoxicaci[oó]n",
    Need.SAFE_TECHNOLOGY: r"(?:safe|technology|tech) (?:safety|phones?)|stalkerware|"
    r"lock changes?|change (?:the )?locks",
    Need.RELOCATION: r"relocat\w+|moving (?:costs|assistance|help)|mudanzas?",
    Need.COMPENSATION: r"(?:crime )?victims?'? compensation|compensaci[oó]n (?:a|para) v[ií]ctimas",
    Need.PETS: r"pets?|animals?|veterinar\w+|mascotas?",
    Need.FAITH: r"faith|church(?:es)?|synagogues?|mosques?|pastoral|spiritual|iglesias?",
}


@lru_cache(maxsize=1)
def _patterns() -> dict[Need, re.Pattern[str]]:
    return {need: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for need, words in WORDS.items()}


def need_from_text(terms: Iterable[str]) -> tuple[Need, ...]:
    """The needs that these terms, names or codes speak of, in the order of the list; none is no guess."""
    said = [term.strip() for term in terms if term and term.strip()]
    found = {OPEN_ELIGIBILITY[code] for code in said if code in OPEN_ELIGIBILITY}
    text = " \n ".join(said)
    found |= {need for need, pattern in _patterns().items() if pattern.search(text)}
    if found & {Need.PROTECTION_ORDER, Need.FAMILY_LAW, Need.IMMIGRATION}:
        found.discard(Need.LEGAL)  # the closer word says it
    return tuple(need for need in Need if need in found)


def needs_of_area(area: str) -> tuple[Need, ...]:
    """What may be looked for when this is at stake; the whole list when nobody has thought of it."""
    return AREA_NEEDS.get(area, tuple(Need))


def labels(codes: Iterable[str]) -> list[str]:
    """In the order of the list; a code of an older version says itself."""
    wanted = list(codes)
    known = [str(need.label) for need in Need if need in wanted]
    return known + [code for code in wanted if code not in Need.values]
