-- The databases of deploy/compose.yaml, and for each part an account that can do what it needs. psql runs this once, as an
-- administrator, when the volume is new.
\set afp_owner `cat /run/secrets/afp_owner`
\set afp_run `cat /run/secrets/afp_run`
\set afp_serving `cat /run/secrets/afp_serving`
\set airflow `cat /run/secrets/airflow`
\set metabase `cat /run/secrets/metabase`
\set metabase_reader `cat /run/secrets/metabase_reader`
\set marquez `cat /run/secrets/marquez`

CREATE ROLE afp_owner LOGIN PASSWORD :'afp_owner';
CREATE ROLE afp_run LOGIN PASSWORD :'afp_run';
CREATE ROLE afp_serving LOGIN PASSWORD :'afp_serving';
CREATE ROLE airflow LOGIN PASSWORD :'airflow';
CREATE ROLE metabase LOGIN PASSWORD :'metabase';
CREATE ROLE marquez LOGIN PASSWORD :'marquez';
CREATE ROLE afp_read; -- reads the ledger
CREATE ROLE reader; -- reads what is served: grants: [reader]
CREATE ROLE metabase_reader LOGIN PASSWORD :'metabase_reader' IN ROLE afp_read, reader;

CREATE DATABASE lake OWNER afp_owner;
CREATE DATABASE serving;
CREATE DATABASE airflow OWNER airflow;
CREATE DATABASE metabase OWNER metabase;
CREATE DATABASE marquez OWNER marquez;
REVOKE CONNECT, TEMPORARY ON DATABASE lake, serving, airflow, metabase, marquez, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE lake TO afp_run, afp_read;
GRANT CONNECT ON DATABASE serving TO afp_serving, reader;

\connect lake
-- Of all that `afp db migrate` makes, now and later.
ALTER DEFAULT PRIVILEGES FOR ROLE afp_owner GRANT USAGE ON SCHEMAS TO afp_run, afp_read;
ALTER DEFAULT PRIVILEGES FOR ROLE afp_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO afp_run;
ALTER DEFAULT PRIVILEGES FOR ROLE afp_owner GRANT USAGE ON SEQUENCES TO afp_run;
ALTER DEFAULT PRIVILEGES FOR ROLE afp_owner GRANT SELECT ON TABLES TO afp_read;

\connect serving
-- The serving account makes a table for each load, so it owns the schemas of served tables. A new one is made like mart.
CREATE SCHEMA afp_serving AUTHORIZATION afp_serving;
CREATE SCHEMA mart AUTHORIZATION afp_serving;
GRANT USAGE ON SCHEMA mart TO reader;
