"""What the search reads: one row for each service that may be found, rewritten by ``referrals.finding``.

Beside these columns the database keeps an index of its own (``found_by`` on PostgreSQL, two
FTS5 tables on SQLite), made in migrations and kept up by the database itself. No address
ever stands here.
"""

from django.db import models

from referrals.models.directory import NAME, Service

HOURS_OF_A_WEEK = 168


class SearchText(models.Model):
    """Texts are folded: small letters, no accents. ``codes`` are exact marks, see ``finding.marks``."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="search_text")
    name = models.CharField(max_length=NAME)
    names = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    places = models.TextField(blank=True)
    rest = models.TextField(blank=True)
    codes = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    # For each hour of a week from Monday 00:00, 1 where it may be open; empty: nobody has said.
    open_hours = models.CharField(max_length=HOURS_OF_A_WEEK, blank=True)
    fresh_on = models.DateField(null=True)
    shown = models.JSONField(default=dict)  # what a result says: languages, areas, cities, numbers, hours

    def __str__(self) -> str:
        return f"search text {self.pk}"


class SearchWord(models.Model):
    """Every word that stands in the index: what a slip of the finger is compared with."""

    word = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return "a word of the index"
