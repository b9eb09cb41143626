"""The coded lists of a case. Codes are frozen; labels may be reworded.

Victimisation types and services follow the Performance Measurement Tool of the US Office
for Victims of Crime (26 types in the form's order; 35 services in five groups): codes are
the form's own numbers, so that a quarter can be counted without a mapping.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Victimisation(TextChoices):
    V01 = "V01", _("Physical assault (adult)")
    V02 = "V02", _("Sexual assault (adult)")
    V03 = "V03", _("Adult abused or assaulted sexually as a child")
    V04 = "V04", _("Arson")
    V05 = "V05", _("Bullying (verbal, cyber or physical)")
    V06 = "V06", _("Burglary")
    V07 = "V07", _("Child physical abuse or neglect")
    V08 = "V08", _("Child sexual abuse material")
    V09 = "V09", _("Child sexual abuse or assault")
    V10 = "V10", _("Domestic or family violence")
    V11 = "V11", _("Drunk or drugged driving")
    V12 = "V12", _("Elder abuse or neglect")
    V13 = "V13", _("Hate crime")
    V14 = "V14", _("Human trafficking: labor")
    V15 = "V15", _("Human trafficking: sex")
    V16 = "V16", _("Identity theft, fraud or financial crime")
    V17 = "V17", _("Kidnapping (noncustodial)")
    V18 = "V18", _("Kidnapping (custodial)")
    V19 = "V19", _("Mass violence")
    V20 = "V20", _("Other harm by a vehicle, such as hit and run")
    V21 = "V21", _("Robbery")
    V22 = "V22", _("Stalking or harassment")
    V23 = "V23", _("Survivor of someone killed")
    V24 = "V24", _("Teen dating harm")
    V25 = "V25", _("Terrorism")
    V26 = "V26", _("Other")


# What most people come for, first on the intake page; the rest stand behind "more".
COMMON_VICTIMISATIONS = ("V02", "V10", "V22", "V01", "V03", "V09", "V24", "V15")


class ServiceGroup(TextChoices):
    A = "A", _("Information and referral")
    B = "B", _("Personal advocacy and accompaniment")
    C = "C", _("Emotional support and safety")
    D = "D", _("Shelter and housing")
    E = "E", _("Criminal and civil justice")


class ServiceKind(TextChoices):
    A1 = "A1", _("Information about the criminal justice process")
    A2 = "A2", _("Information about victims' rights and notifications")
    A3 = "A3", _("Referral to another victim service program")
    A4 = "A4", _("Referral to other services and support")
    B1 = "B1", _("Going along to emergency medical care")
    B2 = "B2", _("Going along to a medical forensic exam")
    B3 = "B3", _("Going along to a police interview")
    B4 = "B4", _("Individual advocacy (benefits, property returned)")
    B5 = "B5", _("Forensic exam, interview or collecting medical evidence")
    B6 = "B6", _("Help with immigration (special visas, continued presence)")
    B7 = "B7", _("Speaking with an employer, creditor, landlord or school")
    B8 = "B8", _("Help with care of children or dependants")
    B9 = "B9", _("Help with transport")
    B10 = "B10", _("Interpreter")
    C1 = "C1", _("Crisis intervention in person, with safety planning")
    C2 = "C2", _("Hotline or crisis line")
    C3 = "C3", _("On-scene crisis response")
    C4 = "C4", _("Individual counseling")
    C5 = "C5", _("Support group")
    C6 = "C6", _("Other therapy (traditional, art, play)")
    C7 = "C7", _("Emergency money (food, clothing, locks, taxis, medication)")
    D1 = "D1", _("Emergency shelter or safe house")
    D2 = "D2", _("Transitional housing")
    D3 = "D3", _("Relocation, help to find housing")
    E1 = "E1", _("Notice of events in the criminal case")
    E2 = "E2", _("Help with a victim impact statement")
    E3 = "E3", _("Help with restitution")
    E4 = "E4", _("Civil legal help: protection or restraining order")
    E5 = "E5", _("Civil legal help: custody, visits, support")
    E6 = "E6", _("Other emergency help with justice")
    E7 = "E7", _("Immigration help by an attorney")
    E8 = "E8", _("Going along to a prosecution interview")
    E9 = "E9", _("Going along to a police interview (justice staff)")
    E10 = "E10", _("Criminal court advocacy and accompaniment")
    E11 = "E11", _("Other legal advice or counsel")


def services_by_group() -> list[tuple[str, list[tuple[str, str]]]]:
    """``[(group label, [(code, label), …]), …]`` in the form's order, for a grouped select."""
    return [
        (group.label, [(kind.value, kind.label) for kind in ServiceKind if kind.value[0] == group.value])
        for group in ServiceGroup
    ]


class HelpSought(TextChoices):
    LISTEN = "listen", _("Someone to talk to")
    SAFETY = "safety", _("Planning for safety")
    HOUSING = "housing", _("A place to stay")
    MEDICAL = "medical", _("Medical care or an exam")
    COUNSELING = "counseling", _("Counseling")
    LEGAL = "legal", _("Court, orders, lawyers")
    POLICE = "police", _("Dealing with police")
    MONEY = "money", _("Money, food, transport")
    WORK = "work", _("Work or school")
    CHILDREN = "children", _("Children")
    IMMIGRATION = "immigration", _("Immigration")
    OTHER = "other", _("Something else")


class NoteKind(TextChoices):
    CONVERSATION = "conversation", _("Conversation")
    MEETING = "meeting", _("Meeting")
    ACCOMPANIMENT = "accompaniment", _("Going along")
    WITH_OTHERS = "with_others", _("With another agency")
    CONSULTATION = "consultation", _("Consultation with supervisor")
    OTHER = "other", _("Other")


class AskedOutcome(TextChoices):
    OPEN = "open", _("still looking")
    SERVED = "served", _("they got it")
    PARTLY = "partly", _("they got part of it")
    NOT_SERVED = "not_served", _("we could not give it")


class ProgramReason(TextChoices):
    """Why *we* could not: limits of the program, never of the survivor."""

    CONFLICT = "N01", _("Conflict of interest")
    ELIGIBILITY = "N02", _("Program rules on who may be served")
    HOURS = "N03", _("Our hours")
    CULTURE = "N04", _("Nothing culturally fitting")
    LANGUAGE = "N05", _("Nobody with the language, sign language included")
    DISABILITY = "N06", _("Nothing accessible")
    CHILD_CARE = "N07", _("No child care")
    DISTANCE = "N08", _("Too far away")
    CAPACITY = "N09", _("We were full")
    RULES = "N10", _("Our rules did not suit them")
    RESOURCES = "N11", _("Not enough staff or money")
    MENTAL_HEALTH = "N12", _("Nothing fitting for mental health")
    SUBSTANCES = "N13", _("Nothing fitting for substance use")
    NOT_FITTING = "N14", _("Our services did not fit")
    ADOLESCENTS = "N15", _("No place for male adolescents with them")
    TRANSPORT = "N16", _("No transport")
    OTHER = "N17", _("Other")


class ForWhom(TextChoices):
    CLIENT = "client", _("the client")
    DEPENDANT = "dependant", _("a child or dependant")


class CloseReason(TextChoices):
    MET = "met", _("Needs met, as they planned")
    MET_AS_POSSIBLE = "met_possible", _("Met as far as possible")
    ASKED = "asked", _("They asked us to")
    NO_CONTACT = "no_contact", _("No contact for the agreed time")
    MOVED = "moved", _("Moved away")
    TRANSFERRED = "transferred", _("With another agency now")
    FUNDING = "funding", _("Funding ended")
    DIED = "died", _("Died")
    DUPLICATE = "duplicate", _("A second file for the same person")
    IN_ERROR = "error", _("Opened in error")


class ContactKind(TextChoices):
    """How an anonymous contact reached us."""

    CALL = "call", _("Phone call")
    TEXT = "text", _("Text or chat")
    VISIT = "visit", _("Walk-in")
    EMAIL = "email", _("Email")
    OUTREACH = "outreach", _("Out in the community")
