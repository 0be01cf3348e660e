"""Two accounts of the database: the owner of the tables, and the one that pages and the worker run with.

The owner makes and changes tables, backs up, restores and upgrades. The running account reads and writes rows:
it owns nothing, so no statement that slips into it can lift a guard, change a table or read the server's files.
"""

import os

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

RUNNING = "yingbin_running"
OWNER = "YINGBIN_OWNER_URL"
ROWS = ("DELETE", "INSERT", "SELECT", "UPDATE")
# What may not be done to a row, beside the triggers that refuse it: a test holds these against the triggers.
_ADDED_ONLY = ("INSERT", "SELECT")
_NEVER_GONE = ("INSERT", "SELECT", "UPDATE")  # a person's words can be erased in place
FEWER = {
    "journal_entry": _ADDED_ONLY,
    "journal_dayroot": _ADDED_ONLY,
    "journal_checkpoint": _ADDED_ONLY,
    "floor_registerentry": _ADDED_ONLY,
    "floor_undone": _ADDED_ONLY,
    "floor_nudge": _ADDED_ONLY,
    "floor_reopening": _ADDED_ONLY,
    "floor_registerwords": _NEVER_GONE,
    "floor_turnevent": _NEVER_GONE,
    "floor_turndecision": _NEVER_GONE,
    "files_storedfile": _NEVER_GONE,
    "duty_dutyevent": _NEVER_GONE,
    "duty_dutyalert": _ADDED_ONLY,
    "duty_handover": _ADDED_ONLY,
    "duty_handoversignature": _ADDED_ONLY,
    "duty_handovernote": _NEVER_GONE,
    "duty_checklist": _ADDED_ONLY,
    "duty_sharedchecklist": _ADDED_ONLY,
    "duty_checkanswer": _ADDED_ONLY,
    "duty_checkreturn": _NEVER_GONE,
    "duty_flatfacts": _ADDED_ONLY,
    "duty_visitsheet": _ADDED_ONLY,
    "duty_visitsheetwords": _NEVER_GONE,
    "duty_visitmatching": _ADDED_ONLY,
    "duty_matchsettlement": _NEVER_GONE,
    "duty_matchconfirmation": _NEVER_GONE,
    "duty_emergencyprocedure": _ADDED_ONLY,
    "duty_incidentnote": _NEVER_GONE,
    "duty_linedetail": _NEVER_GONE,
    "desk_deskoffice": _ADDED_ONLY,
    "desk_registercopy": _ADDED_ONLY,
    "desk_callsheetcopy": _ADDED_ONLY,
    "desk_pricelist": _ADDED_ONLY,
    "desk_reduction": _ADDED_ONLY,
    "desk_cashday": _ADDED_ONLY,
    "desk_cashhandover": _ADDED_ONLY,
    "approvals_approval": _NEVER_GONE,
    "desk_deskevent": _NEVER_GONE,
    "tours_touroffice": _ADDED_ONLY,
    "tours_tourevent": _NEVER_GONE,
    "tours_gateevent": _NEVER_GONE,
    "tours_passpaper": _ADDED_ONLY,
    "tours_breachcopy": _ADDED_ONLY,
    "tours_breachstep": _NEVER_GONE,
    "tours_hostingevent": _NEVER_GONE,
    "tours_passrevision": _NEVER_GONE,
    "tours_tourguest": _NEVER_GONE,
    "tours_guestlook": _ADDED_ONLY,
    "tours_visitclearing": _ADDED_ONLY,
    "desk_quote": _NEVER_GONE,
    "desk_quoteanswer": _NEVER_GONE,
    "desk_stockmove": _NEVER_GONE,
    "desk_completion": _NEVER_GONE,
    "desk_payment": _NEVER_GONE,
    "desk_desknote": _NEVER_GONE,
    "desk_callanswer": _NEVER_GONE,
    "desk_complaintcause": _NEVER_GONE,
    "matters_recusal": _ADDED_ONLY,
    "matters_recusalend": _ADDED_ONLY,
    "desk_answerversion": _ADDED_ONLY,
    "desk_answeruse": _ADDED_ONLY,
    "django_migrations": ("SELECT",),
}
_MADE = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
_STANDING = """
select c.relname, array(select distinct a.privilege_type::text from aclexplode(c.relacl) a
                         where a.grantee = 0 or a.grantee = (select oid from pg_roles
                                                                  where rolname = %(role)s) order by 1)
  from pg_class c
 where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by 1
"""
_COUNTERS = """
select c.relname from pg_class c
 where c.relnamespace = current_schema()::regnamespace
   and case when c.relkind = 'S' then not has_sequence_privilege(%(role)s::name, c.oid, 'USAGE') end
"""


def intended(table: str) -> tuple[str, ...]:
    """What the running account may do to this table, in alphabetical order."""
    return FEWER.get(table, ROWS)


def standing(line: psycopg.Connection, role: str = RUNNING) -> dict[str, tuple[str, ...]]:
    """What the account, or everybody, has been granted on each table of this schema."""
    return {name: tuple(held) for name, held in line.execute(_STANDING, {"role": role})}


def enrol(line: psycopg.Connection) -> None:
    """Makes the embedded server's running account, or takes from it what it may not have."""
    known = line.execute("select from pg_roles where rolname = %s", [RUNNING]).fetchone()
    line.execute(f"{'alter' if known is not None else 'create'} role {RUNNING} {_MADE}")


def grant(line: psycopg.Connection, role: str = RUNNING) -> None:
    """Gives the account exactly its rights on the tables there are, and a row's on those to come.

    `line` is the owner's. What stands right already is not written again.
    """
    who = sql.Identifier(role)
    with line.transaction():
        for words in (
            "alter default privileges grant select, insert, update, delete on tables to {0}",
            "alter default privileges grant usage on sequences to {0}",
            "alter default privileges grant usage on schemas to {0}",
        ):
            line.execute(sql.SQL(words).format(who))
        _for_the_place(line, who)
        for table, held in standing(line, role).items():
            if held != intended(table):
                _for_a_table(line, who, table)
        for (name,) in line.execute(_COUNTERS, {"role": role}).fetchall():
            words = "grant usage on sequence {1} to {0}"
            line.execute(sql.SQL(words).format(who, sql.Identifier(name)))


def _for_the_place(line: psycopg.Connection, who: sql.Identifier) -> None:
    """The database, with tables of its own for a session, which `check` needs; and the schema, to use only."""
    row = line.execute("select current_database(), current_schema()").fetchone()
    database, schema = (sql.Identifier(name) for name in row or ())
    line.execute(sql.SQL("grant connect, temporary on database {1} to {0}").format(who, database))
    line.execute(sql.SQL("revoke create on schema {0} from public").format(schema))
    line.execute(sql.SQL("grant usage on schema {1} to {0}").format(who, schema))


def _for_a_table(line: psycopg.Connection, who: sql.Identifier, table: str) -> None:
    name = sql.Identifier(table)
    line.execute(sql.SQL("revoke all on {1} from {0}, public").format(who, name))
    rights = sql.SQL(", ").join(sql.SQL(right) for right in intended(table))
    line.execute(sql.SQL("grant {2} on {1} to {0}").format(who, name, rights))


def owner_url() -> str:
    """The owner's address: the only one there is where no other was named."""
    return os.environ.get("YINGBIN_OWNER_URL") or os.environ["DATABASE_URL"]


def set_up_as_owner() -> None:
    """Sets Django up to work as the owner in this process; what this process starts runs with the other account."""
    import django
    from django.conf import settings

    running = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = owner_url()
    try:
        django.setup()
        _ = settings.DATABASES
    finally:
        os.environ["DATABASE_URL"] = running


def settle() -> None:
    """After tables were made or changed: the running account's rights, where it is another than the owner."""
    owner, running = owner_url(), os.environ["DATABASE_URL"]
    role = str(conninfo_to_dict(running).get("user") or "")
    if role and role != conninfo_to_dict(owner).get("user"):
        with psycopg.connect(owner) as line:
            grant(line, role)
