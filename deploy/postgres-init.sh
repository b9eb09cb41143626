#!/bin/sh
# Runs once, on an empty data volume: three roles, two databases. `manage.py database_roles`
# parts the rights of app and sealer after each migrate.
set -eu

password() { cat "/run/secrets/db_${1}_password"; }

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v owner="$(password owner)" -v app="$(password app)" -v sealer="$(password sealer)" <<'SQL'
CREATE ROLE casework_owner LOGIN PASSWORD :'owner';
CREATE ROLE casework_app LOGIN PASSWORD :'app';
CREATE ROLE casework_sealer LOGIN PASSWORD :'sealer';
CREATE DATABASE casework OWNER casework_owner;
CREATE DATABASE casework_keys OWNER casework_owner;
REVOKE ALL ON DATABASE casework, casework_keys FROM PUBLIC;
GRANT CONNECT ON DATABASE casework TO casework_app, casework_sealer;
-- A directory is imported through temporary tables.
GRANT TEMPORARY ON DATABASE casework TO casework_app;
GRANT CONNECT ON DATABASE casework_keys TO casework_app;
-- A statement that does not succeed would put its values into the log.
ALTER SYSTEM SET log_min_error_statement = 'panic';
ALTER SYSTEM SET log_parameter_max_length_on_error = 0;
ALTER SYSTEM SET log_statement = 'none';
SQL
