"""The core of what external tables need, as snowflake-connector-python sees it. Its one argument is Snowflake's port.

Each line that it prints is a fact that SnowflakeConnectorTest expects.
"""
import sys
import threading
import time

import snowflake.connector
from snowflake.connector.errors import ProgrammingError

OPTIONS = dict(
    host="localhost",
    port=int(sys.argv[1]),
    protocol="http",
    account="local",
    user="analyst",
    password="any",
    database="LAKE",
    schema="PUBLIC",
    session_parameters={"QUERY_TAG": "python"},
)


def connect(**more):
    return snowflake.connector.connect(**{**OPTIONS, **more})


def rows(cursor, statement, *arguments):
    return cursor.execute(statement, *arguments).fetchall()


def refused(action):
    try:
        action()
    except ProgrammingError as e:
        return f"{e.errno:06d} {e.sqlstate}"
    return "not refused"


def await_end(query):
    while connection.is_still_running(connection.get_query_status(query)):
        time.sleep(0.05)
    print("ended as:", connection.get_query_status(query).name)


connection = connect(client_session_keep_alive=True)
cursor = connection.cursor()

cursor.execute(
    "CREATE OR REPLACE EXTERNAL TABLE T (N INT AS (value:n::int), S VARCHAR AS (value:s::varchar))"
    " LOCATION = @CURATED/t REFRESH_ON_CREATE = FALSE AUTO_REFRESH = FALSE FILE_FORMAT = (TYPE = PARQUET)"
)
print("before refresh:", rows(cursor, "SELECT COUNT(*) FROM T"))
print("refresh:", [row[1] for row in rows(cursor, "ALTER EXTERNAL TABLE T REFRESH")])
print("rows:", rows(cursor, "SELECT N, S FROM T ORDER BY N"))
print("bound by the client:", rows(cursor, "SELECT S FROM T WHERE N = %s", (2,)))

print(
    "types:",
    rows(
        cursor,
        "SELECT 1.50::NUMBER(5,2), '2026-02-03'::DATE, TRUE, NULL, '2026-02-03 04:05:06.789'::TIMESTAMP_NTZ",
    ),
)
offset = rows(cursor, "SELECT '2026-01-01 12:00:00 +05:30'::TIMESTAMP_TZ")[0][0]
print("offset:", offset.isoformat())

many = rows(
    cursor,
    "SELECT N FROM BIG",
)
print("portions:", len(many), sum(row[0] for row in many))

connection.autocommit(False)
cursor.execute("ALTER EXTERNAL TABLE T REMOVE FILES ('a.parquet')")
connection.rollback()
connection.autocommit(True)
print("rolled back:", rows(cursor, "SELECT COUNT(*) FROM T"))

print("missing:", refused(lambda: cursor.execute("SELECT * FROM NOWHERE")))
print("unknown:", refused(lambda: cursor.execute("SELEKT 1")))

cursor.execute("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1")
print("timeout:", refused(lambda: cursor.execute("SELECT SYSTEM$WAIT(60)")))
cursor.execute("ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS")

cursor.execute_async("SELECT SYSTEM$WAIT(1)")
print("running:", connection.is_still_running(connection.get_query_status(cursor.sfqid)))
cursor.get_results_from_sfqid(cursor.sfqid)
print("fetched:", cursor.fetchall())

cursor.execute_async("SELECT SYSTEM$WAIT(60)")
victim = cursor.sfqid
print("aborted:", cursor.abort_query(victim))
await_end(victim)

cursor.execute_async("SELECT SYSTEM$WAIT(60)")
victim = cursor.sfqid
other = connect()
message = rows(other.cursor(), f"SELECT SYSTEM$CANCEL_QUERY('{victim}')")[0][0]
print("cancelled:", message.replace(victim, "id"))
await_end(victim)
print("again:", rows(other.cursor(), f"SELECT SYSTEM$CANCEL_QUERY('{victim}')")[0][0])
other.close()

qmark = connect(paramstyle="qmark")
print("bound by the server:", rows(qmark.cursor(), "SELECT S FROM T WHERE N = ?", (1,)))
qmark.close()

connection.close()
print("closed:", connection.is_closed())
print("threads:", [t.name for t in threading.enumerate() if "keep" in t.name.lower()])
