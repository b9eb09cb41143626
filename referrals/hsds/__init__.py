"""Human Services Data Specification: reading what other agencies publish, and writing it.

reading → cleaning → staging → comparing → applying. The first two know no database.
"""
