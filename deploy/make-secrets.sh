#!/bin/sh
# Makes every secret docker-compose.yml asks for, once; what is there already stays as it is.
# The folder is closed to everybody but its owner. vault.key and seal.key belong to the
# container's user (10001) and open everything: keep a copy on paper, in a safe, nowhere else.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

random() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
word() { head -c 24 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }
once() { [ -e "$1" ] || { cat >"$1.new" && mv "$1.new" "$1"; }; }

for role in admin owner app sealer; do word | once "db_${role}_password"; done
word | once redis_password
{ word; word; } | once secret_key
random | once vault.key
random | once seal.key

url() { printf 'postgres://casework_%s:%s@postgres:5432/%s' "$1" "$(cat "db_${1}_password")" "$2"; }
for role in owner app sealer; do url "$role" casework | once "database_url_$role"; done
for role in owner app; do url "$role" casework_keys | once "keys_database_url_$role"; done
printf 'redis://:%s@redis:6379/0' "$(cat redis_password)" | once redis_url
[ -e email_url ] || printf 'consolemail://' >email_url

# Files are handed into containers one by one; their users must be able to read them there.
chmod 0444 ./*
if [ "$(id -u)" = 0 ]; then
    chown 10001:10001 vault.key seal.key
    chmod 0400 vault.key seal.key
else
    echo "Run as root once more, so that vault.key and seal.key can belong to user 10001 (mode 0400)." >&2
fi
