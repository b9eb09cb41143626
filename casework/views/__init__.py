"""Pages, by the part of the day they belong to."""
