"""Fills a headquarters of `bench.gate` with years of scans: rows of the widths the product writes, none by hand.

A past visit has two passes of one revision each; each pass came in by one gate and left by another, was let through inside and sent away once:
four events a pass, each with its entry and its stored answer. Constraints are kept, only their checks are skipped.
"""

import psycopg

from .place import database

_ID = "('{table:08x}-0000-0000-0000-' || lpad(to_hex({n}), 12, '0'))::uuid"
CHUNK = 500_000


def _id(table: int, n: str) -> str:
    return _ID.format(table=table, n=n)


_AT = "now() - interval '3 days' - (%(many)s - {n}) * interval '20 seconds'"
_SAYS = (
    "array['plant', 'workshop']::varchar[], {at}, {at} + interval '3 hours', 6, %(guard)s, false"
)
_HALF = _AT.format(n="n * 8")
_WHOLE = _AT.format(n="n * 4")
_EACH = _AT.format(n="n")
# By number of rows: visits, passes and revisions, events.
VISITS = f"""
insert into tours_tourvisit (id, site_id, seq, year, number, opened_at, how, visitor, contact, words, salt, language, terms, status, klass,
    version, starts_at, ends_at, headcount, open_areas, room, souvenirs, state, events, moved_at)
select {_id(0x31, "n")}, %(site)s, n, 1900 + n / 9000, n %% 9000 + 1, {_HALF}, 'visitor', '来访单位' || n, '联系人', '{{}}', '', 'zh', '',
    'over', 'important', '2026-1', {_HALF}, {_HALF} + interval '3 hours', 12, array['plant', 'workshop']::varchar[], '', 0,
    '{{"photo": false}}', 9, {_HALF}
  from generate_series(%(first)s / 8, %(last)s / 8) n"""
PASSES = f"""
insert into tours_visitorpass (id, site_id, visit_id, number, seq, revision, fate, areas, starts_at, ends_at, persons, escort, photo, alarm)
select {_id(0x32, "n")}, %(site)s, {_id(0x31, "n / 2")}, 1000000 + n, n, 1, 'returned', {_SAYS.format(at=_WHOLE)}, 0
  from generate_series(%(first)s / 4, %(last)s / 4) n"""
REVISIONS = f"""
insert into tours_passrevision (id, site_id, visitor_pass_id, number, areas, starts_at, ends_at, persons, escort, photo, seq, at, by,
    fate, fate_seq, fate_at, fate_by)
select {_id(0x33, "n")}, %(site)s, {_id(0x32, "n")}, 1, {_SAYS.format(at=_WHOLE)}, n, {_WHOLE}, %(guard)s, 'returned', n, {_WHOLE}, %(guard)s
  from generate_series(%(first)s / 4, %(last)s / 4) n"""
EVENTS = f"""
insert into tours_gateevent (id, site_id, number, seq, at, event, device_id, visit_id, visitor_pass_id, by, nonce, fields, words, salt, code,
    clause, because, answer, context)
select {_id(0x34, "n")}, %(site)s, n, n, {_EACH}, 'scan', (%(devices)s::uuid[])[1 + n %% 4], {_id(0x31, "n / 8")}, {_id(0x32, "n / 4")},
    %(guard)s, {_id(0x35, "n")}::text, '{{"revision": 1, "count": 1, "direction": "in"}}', '{{}}', '', 'ok', 'CV-4.1', '可以通行。',
    '{{"result": "allow", "offline": false, "in_pass": 1, "in_visit": 3, "escort": "x", "photo": false}}',
    '{{"policy": {{"clock_minutes": 5, "list_minutes": 720, "early_minutes": 15, "grace_minutes": 15}}, "headcounts": {{}}, "may": []}}'
  from generate_series(%(first)s, %(last)s) n"""
# Negative numbers: the chain of the running site goes on from where it is.
ENTRIES = f"""
insert into journal_entry (site_id, seq, at, kind, actor, clause, body, prev, hash, receipt)
select %(site)s, -n - 1, {_EACH}, 'gate.event', %(guard)s::text, 'CV-4.1',
    jsonb_build_object('number', n, 'event', 'scan', 'code', 'ok', 'visit', {_id(0x31, "n / 8")}, 'pass', {_id(0x32, "n / 4")}, 'nonce',
        {_id(0x35, "n")}, 'fields', '{{"revision": 1, "count": 1, "direction": "in"}}'::jsonb, 'stands', '{{}}'::jsonb),
    sha256(n::text::bytea), sha256((n + 1)::text::bytea), 'E' || lpad((n %% 99999999)::text, 8, '0')
  from generate_series(%(first)s, %(last)s) n"""
# Answers are forgotten after a month; a gate with a scan every twenty seconds has 130,000 of them.
ANSWERS = f"""
insert into journal_storedresponse (site_id, key, verb, fingerprint, response, seq, at)
select %(site)s, 'page:' || {_id(0x35, "n")}, 'gate.scan', sha256(n::text::bytea), '{{"answer": {{"code": "ok"}}}}', n, {_EACH}
  from generate_series(greatest(%(first)s, %(many)s - 130000), %(last)s) n"""


def fill(name: str, scans: int) -> None:
    """Puts so many past scans into a database of `bench.gate.found`."""
    with psycopg.connect(
        database(name), autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as line:
        line.execute("set session_replication_role = replica")
        line.execute("set synchronous_commit = off")
        # The guard that asks whether a visit was approved looks at each row, and all of these were.
        line.execute("alter table tours_passrevision disable trigger tours_passrevision_rows")
        told = line.execute(
            "select (select id from people_site where code = 'zongbu'),"
            " (select id from people_staff where account = 'guard0'),"
            " (select array_agg(id) from tours_gatedevice)"
        ).fetchone()
        assert told is not None
        site, guard, devices = told
        whole = {"site": site, "guard": guard, "devices": devices, "many": scans}
        for first in range(0, scans, CHUNK):
            span = {**whole, "first": first, "last": min(first + CHUNK, scans) - 1}
            for sql in (VISITS, PASSES, REVISIONS, EVENTS, ENTRIES, ANSWERS):
                line.execute(sql.encode(), span)
        line.execute("alter table tours_passrevision enable always trigger tours_passrevision_rows")
        line.execute("vacuum analyze")
