"""The only writers of cases: keyword-only, atomic, with the person who acts as ``by=``."""
