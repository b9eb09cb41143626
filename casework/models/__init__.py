"""What a case is made of."""

from casework.models.assignment import Assignment
from casework.models.case import Case
from casework.models.closing import Closing, Erasure
from casework.models.draft import Draft
from casework.models.file import CaseFile
from casework.models.followup import Agreement, AgreementKind, Attempt, Occurrence, Result, Rhythm
from casework.models.grant import CaseUserPermission, Cover, EmergencyAccess, Grant
from casework.models.harm_contact import Breach, CourtOrder, HarmContact, RestsOn
from casework.models.note import Note
from casework.models.risk import RiskRecord
from casework.models.safety_plan import Keeping, PlanCopy, PlanErasure, SafetyPlan
from casework.models.service import AnonymousContact, AskedFor, FundingSource, Service
from casework.models.wall import Wall
from casework.models.wording import WordHint

__all__ = [
    "Agreement",
    "AgreementKind",
    "AnonymousContact",
    "AskedFor",
    "Assignment",
    "Attempt",
    "Breach",
    "Case",
    "CaseFile",
    "CaseUserPermission",
    "Closing",
    "CourtOrder",
    "Cover",
    "Draft",
    "EmergencyAccess",
    "Erasure",
    "FundingSource",
    "Grant",
    "HarmContact",
    "Keeping",
    "Note",
    "Occurrence",
    "PlanCopy",
    "PlanErasure",
    "RestsOn",
    "Result",
    "Rhythm",
    "RiskRecord",
    "SafetyPlan",
    "Service",
    "Wall",
    "WordHint",
]
