"""The directory. Whoever is shown an address gets it from ``referrals.confidential``."""

from referrals.models.details import Cost, Phone, RequiredDocument, Schedule, SpokenLanguage, Tag
from referrals.models.directory import Organization, Service
from referrals.models.import_job import ImportJob
from referrals.models.places import AccessFact, Address, Area, Location, ServiceAtLocation
from referrals.models.referral import Referral, ReferralEvent, ReferralStep
from referrals.models.report import Report
from referrals.models.search_text import SearchText, SearchWord
from referrals.models.source import FromSource, Source

__all__ = [
    "AccessFact",
    "Address",
    "Area",
    "Cost",
    "FromSource",
    "ImportJob",
    "Location",
    "Organization",
    "Phone",
    "Referral",
    "ReferralEvent",
    "ReferralStep",
    "Report",
    "RequiredDocument",
    "Schedule",
    "SearchText",
    "SearchWord",
    "Service",
    "ServiceAtLocation",
    "Source",
    "SpokenLanguage",
    "Tag",
]
