"""Counting by the database: a handful of grouped questions for any number of tables.

``rows`` decides which rows a month counts, ``questions`` holds the SQL, ``facts`` asks it and
``filling`` lays the answers out as the tables of ``reporting.tables``.
"""
