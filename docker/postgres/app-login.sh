#!/bin/sh
# Runs once, when the cluster is made: the login that serves. It owns nothing; `migrate` gives it what it needs.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$CONCORDAT_APP_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE concordat_app LOGIN NOINHERIT NOBYPASSRLS PASSWORD :'password';
SQL
