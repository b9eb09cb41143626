"""Finding a service: one question, one answer, whichever database keeps the directory.

``find(query, at)`` answers; ``refresh(ids)`` is called by whoever wrote in the directory.
"""

from referrals.finding.indexing import refresh
from referrals.finding.query import Access, Found, Means, Query, Result
from referrals.finding.search import find

__all__ = ["Access", "Found", "Means", "Query", "Result", "find", "refresh"]
