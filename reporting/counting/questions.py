"""The grouped questions, as SQL that PostgreSQL and SQLite both answer.

Each begins with ``given``: the services a report counts. A person is in one line of every
single-answer table, that of the last service given to them in the period; types of harm are
the union over the period. Values are always parameters.
"""

from typing import Final

# Distinct texts of a group, with a comma between: lists as JSON stay readable between brackets.
JOINED: Final = {
    "postgresql": "string_agg(DISTINCT {column}::text, ',')",
    "sqlite": "group_concat(DISTINCT {column})",
}

# Not materialised: PostgreSQL then knows from its statistics how many rows to expect.
ALL = """
WITH given AS NOT MATERIALIZED (
    SELECT id, client_id, kind, minutes, for_whom, team_id, county, age_band, gender, race,
           victimisations, special, given_on, created_at, 100 AS percent
    FROM casework_service WHERE counted_in BETWEEN %(first)s AND %(last)s
)"""
PAID = """
WITH marked AS (
    SELECT s.*, (
        SELECT SUM(share.percent) FROM casework_service_funding AS paid
        JOIN reporting_share AS share ON share.source_id = paid.fundingsource_id
        WHERE paid.service_id = s.id AND share.funder_id = %(funder)s
    ) AS shares
    FROM casework_service AS s WHERE s.counted_in BETWEEN %(first)s AND %(last)s
), given AS (
    SELECT marked.*, CASE WHEN shares > 100 THEN 100 ELSE shares END AS percent
    FROM marked WHERE shares IS NOT NULL
)"""

# The row of each person's last service; each database says "the first of a group" its own way.
LAST: Final = {
    "postgresql": """
    SELECT DISTINCT ON (client_id) client_id, age_band, gender, race, county, team_id
    FROM given WHERE for_whom = 'client' ORDER BY client_id, given_on DESC, created_at DESC, id DESC""",
    "sqlite": """
    SELECT client_id, age_band, gender, race, county, team_id FROM (
        SELECT *, ROW_NUMBER() OVER (
            PARTITION BY client_id ORDER BY given_on DESC, created_at DESC, id DESC
        ) AS place FROM given WHERE for_whom = 'client'
    ) AS ranked WHERE place = 1""",
}
LATEST = """, latest AS ({last_rows}), sheltered AS (
    SELECT DISTINCT client_id FROM given WHERE for_whom = 'client' AND kind = 'D1'
), fresh AS (
    SELECT person FROM reporting_newthisyear
    WHERE funder_id = %(funder)s AND year_first = %(year_first)s AND month BETWEEN %(first)s AND %(last)s
)"""

PEOPLE = """
SELECT age_band, gender, race, county, team_id,
       CASE WHEN sheltered.client_id IS NULL THEN 0 ELSE 1 END AS shelter,
       CASE WHEN fresh.person IS NULL THEN 0 ELSE 1 END AS is_new, COUNT(*)
FROM latest
LEFT JOIN sheltered ON sheltered.client_id = latest.client_id
LEFT JOIN fresh ON fresh.person = latest.client_id
GROUP BY 1, 2, 3, 4, 5, 6, 7"""

# Every list each person gave over the period, as one text, beside where they stand.
SETS = """, gathered AS (
    SELECT client_id, {joined} AS codes FROM given WHERE for_whom = 'client' GROUP BY client_id
)
SELECT gathered.codes, age_band, gender, county, team_id,
       CASE WHEN fresh.person IS NULL THEN 0 ELSE 1 END AS is_new, COUNT(*)
FROM latest
LEFT JOIN gathered ON gathered.client_id = latest.client_id
LEFT JOIN fresh ON fresh.person = latest.client_id
GROUP BY 1, 2, 3, 4, 5, 6"""

RELATIONS = """, said AS (
    SELECT DISTINCT person.client_id, person.relation AS value FROM clients_personwhoharmed AS person
    JOIN (SELECT DISTINCT client_id FROM given WHERE for_whom = 'client') AS counted
      ON counted.client_id = person.client_id
), gathered AS (SELECT client_id, {joined} AS codes FROM said GROUP BY client_id)
SELECT gathered.codes, COUNT(*)
FROM (SELECT DISTINCT client_id FROM given WHERE for_whom = 'client') AS counted
LEFT JOIN gathered ON gathered.client_id = counted.client_id GROUP BY 1"""

SERVICES = """
SELECT kind, for_whom, team_id, county, COUNT(*), SUM(minutes), SUM(minutes * percent)
FROM given GROUP BY kind, for_whom, team_id, county"""

# ``{kinds}``: a CASE that turns our kinds into a funder's; nobody is counted twice in one of them.
PEOPLE_BY_KIND = """
SELECT {kinds} AS line, COUNT(DISTINCT client_id) FROM given WHERE for_whom = 'client' GROUP BY 1"""

DEPENDANTS = "SELECT COUNT(DISTINCT client_id) FROM given WHERE for_whom = 'dependant'"

NIGHTS = """
SELECT kind, COUNT(*) FROM (
    SELECT DISTINCT client_id, given_on, kind FROM given WHERE kind IN ('D1', 'D2')
) AS nights GROUP BY kind"""

CONTACTS = """
SELECT kind, victimisations, services, team_id, COUNT(*), SUM(minutes) FROM casework_anonymouscontact
WHERE counted_in BETWEEN %(first)s AND %(last)s GROUP BY kind, victimisations, services, team_id"""

REQUESTS = """
SELECT asked.kind, asked.outcome, asked.reasons, client.county, one.team_id, COUNT(*)
FROM casework_askedfor AS asked
JOIN casework_case AS one ON one.id = asked.case_id
JOIN clients_client AS client ON client.id = one.client_id
WHERE asked.counted_in BETWEEN %(first)s AND %(last)s
GROUP BY asked.kind, asked.outcome, asked.reasons, client.county, one.team_id"""

# Limits of the program only. Somebody who was given anything and could not be given
# something else is *partially* served; who asked and is still looked for is not counted yet.
STATUS = """, served AS (
    SELECT DISTINCT client_id FROM given WHERE for_whom = 'client'
), asked AS (
    SELECT one.client_id,
           MAX(CASE WHEN a.outcome IN ('served', 'partly') THEN 1 ELSE 0 END) AS got,
           MAX(CASE WHEN a.outcome IN ('partly', 'not_served') THEN 1 ELSE 0 END) AS unmet
    FROM casework_askedfor AS a JOIN casework_case AS one ON one.id = a.case_id
    WHERE a.counted_in BETWEEN %(first)s AND %(last)s AND a.outcome <> 'open' GROUP BY one.client_id
), everybody AS (SELECT client_id FROM served UNION SELECT client_id FROM asked)
SELECT CASE WHEN COALESCE(asked.unmet, 0) = 0 THEN 'SERVED'
            WHEN served.client_id IS NOT NULL OR asked.got = 1 THEN 'PARTIAL'
            ELSE 'NOT_SERVED' END AS status, COUNT(*)
FROM everybody
LEFT JOIN served ON served.client_id = everybody.client_id
LEFT JOIN asked ON asked.client_id = everybody.client_id GROUP BY 1"""
