-- Gives the service what it needs in Snowflake, and no more. docs/snowflake.md lists, for each grant, the statement that needs it.
--
-- Replace SALES (database) and PUBLIC (schema), the bucket and its prefixes, the role's ARN, and the public key. Then run the whole script.
-- It can be repeated, but does not change what exists: use ALTER USER … SET RSA_PUBLIC_KEY and ALTER STORAGE INTEGRATION … SET for that.
-- Several pipelines in one schema need the grants once.
-- A test of this repository runs the script against the stand-in, and then, as the service, what a load needs.

-- The way to the bucket, for which an administrator is needed ------------------------------------------------------------------------------------------------

USE ROLE ACCOUNTADMIN;

CREATE STORAGE INTEGRATION IF NOT EXISTS PIPELINES_CURATED
  TYPE = EXTERNAL_STAGE
  STORAGE_PROVIDER = 'S3'
  ENABLED = TRUE
  STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/pipelines-snowflake'
  STORAGE_ALLOWED_LOCATIONS = ('s3://example-curated/sales/');

-- Copy STORAGE_AWS_IAM_USER_ARN and STORAGE_AWS_EXTERNAL_ID of the answer into deploy/aws/snowflake-trust.json.
DESCRIBE STORAGE INTEGRATION PIPELINES_CURATED;

-- Who the service is -----------------------------------------------------------------------------------------------------------------------------------------

USE ROLE USERADMIN;

CREATE ROLE IF NOT EXISTS PIPELINES_SERVICE COMMENT = 'transient-pipelines: defines and refreshes external tables';

-- A service user has no password; it signs in with its key only.
CREATE USER IF NOT EXISTS PIPELINES_SERVICE
  TYPE = SERVICE
  DEFAULT_ROLE = PIPELINES_SERVICE
  DEFAULT_WAREHOUSE = PIPELINES
  RSA_PUBLIC_KEY = 'MIIBIjANBgkqh...';

GRANT ROLE PIPELINES_SERVICE TO USER PIPELINES_SERVICE;
GRANT ROLE PIPELINES_SERVICE TO ROLE SYSADMIN;

-- Where it works ---------------------------------------------------------------------------------------------------------------------------------------------

USE ROLE SYSADMIN;

-- The check that a run's rows are there is a COUNT(*): the smallest size is enough.
CREATE WAREHOUSE IF NOT EXISTS PIPELINES
  WAREHOUSE_SIZE = XSMALL
  AUTO_SUSPEND = 60
  AUTO_RESUME = TRUE
  INITIALLY_SUSPENDED = TRUE;
GRANT USAGE ON WAREHOUSE PIPELINES TO ROLE PIPELINES_SERVICE;

CREATE DATABASE IF NOT EXISTS SALES;
CREATE SCHEMA IF NOT EXISTS SALES.PUBLIC;
GRANT USAGE ON DATABASE SALES TO ROLE PIPELINES_SERVICE;
GRANT USAGE ON SCHEMA SALES.PUBLIC TO ROLE PIPELINES_SERVICE;
GRANT CREATE STAGE ON SCHEMA SALES.PUBLIC TO ROLE PIPELINES_SERVICE;
GRANT CREATE EXTERNAL TABLE ON SCHEMA SALES.PUBLIC TO ROLE PIPELINES_SERVICE;
-- Only if a pipeline has curated.mode=replace, whose readers query a view.
GRANT CREATE VIEW ON SCHEMA SALES.PUBLIC TO ROLE PIPELINES_SERVICE;

USE ROLE ACCOUNTADMIN;
GRANT USAGE ON INTEGRATION PIPELINES_CURATED TO ROLE PIPELINES_SERVICE;

-- Who reads the tables ---------------------------------------------------------------------------------------------------------------------------------------
-- With future grants the service, which owns its external tables and views, need not grant SELECT itself. A reader needs no right on the stage or the integration.

USE ROLE SECURITYADMIN;

CREATE ROLE IF NOT EXISTS PIPELINES_READER;
GRANT ROLE PIPELINES_READER TO ROLE SYSADMIN;
GRANT USAGE ON DATABASE SALES TO ROLE PIPELINES_READER;
GRANT USAGE ON SCHEMA SALES.PUBLIC TO ROLE PIPELINES_READER;
-- For pipelines that append. With curated.mode=replace readers need the view only: leave this one out, or they see <table>_RUNS with every run.
GRANT SELECT ON FUTURE EXTERNAL TABLES IN SCHEMA SALES.PUBLIC TO ROLE PIPELINES_READER;
GRANT SELECT ON FUTURE VIEWS IN SCHEMA SALES.PUBLIC TO ROLE PIPELINES_READER;
