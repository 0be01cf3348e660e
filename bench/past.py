"""Fills a database of benches with years of visits: rows of the widths the product writes, none by hand.

A past day has a hundred visits a site. Each visit has its two events, its decision, its reception and
two entries; every fifth is a new customer's. Constraints are kept, only their checks are skipped.
"""

import psycopg

from .place import database

A_DAY = 100
ID = "lpad(to_hex({kind}::bigint * 10000000000 + {n}), 32, '0')::uuid"


def _id(kind: int, n: str) -> str:
    return ID.format(kind=kind, n=n)


_WHO = "sales[1 + (n % array_length(sales, 1))::int]"
_FROM = "from generate_series({first}, {last}) n join bench_site on k = n % {sites}"
_DAY = "(n % {sites}) * 100000 + n / ({sites} * {a_day})"
_NUMBER = "(n / {sites}) % {a_day}"
_AT = "timestamptz '2020-01-01 01:00+00' + n * interval '30 seconds'"

TABLES = {
    "floor_galleryday": (
        "id, site_id, day, opened_at, opened_by, policy_version, policy, settings, opening_queue,"
        " make_up, owes, rule_version, closed_at, closed_by",
        f"{_id(1, 'k * 100000 + n')}, id, date '2000-01-01' + n::int, now(), desk, 0, '{{}}', '{{}}',"
        " to_jsonb(sales), '[]', '{}', '1', now(), desk",
        "from generate_series(0, {days}) n cross join bench_site",
    ),
    "customers_customer": (
        "id, site_id, number, title, note, terms, registered_at, last_seen_at",
        f"{_id(2, 'n')}, id, n / {{sites}} + 1, 'mr', '', array['T=' || n, 'T' || n % 400,"
        f" 'T' || n % 3000, 'Tz' || n % 700], {_AT}, {_AT}",
        "from generate_series({first} / 5, {last} / 5) n join bench_site on k = n % {sites}",
    ),
    "customers_customername": (
        'id, site_id, customer_id, name, "primary", salt, added_at',
        f"{_id(3, 'n')}, id, {_id(2, 'n')}, '王' || n, true, repeat('0', 32), {_AT}",
        "from generate_series({first} / 5, {last} / 5) n join bench_site on k = n % {sites}",
    ),
    "customers_customerphone": (
        'id, site_id, customer_id, e164, "primary", salt, added_at',
        f"{_id(4, 'n')}, id, {_id(2, 'n')}, '+86138' || lpad(n::text, 8, '0'), true,"
        f" repeat('0', 32), {_AT}",
        "from generate_series({first} / 5, {last} / 5) n join bench_site on k = n % {sites}",
    ),
    "customers_receiverofrecord": (
        "id, site_id, customer_id, staff_id, seq, since, reason, clause",
        f"{_id(5, 'n')}, id, {_id(2, 'n')}, {_WHO}, n, {_AT}, '首次接待', 'TQ-1.2'",
        "from generate_series({first} / 5, {last} / 5) n join bench_site on k = n % {sites}",
    ),
    "floor_visit": (
        "id, site_id, day_id, number, arrived_at, recorded_by, kind, group_size, households,"
        " customer_id, called, note, looked_for, finished_at",
        f"{_id(6, 'n')}, id, {_id(1, _DAY)}, {_NUMBER} + 1, {_AT}, desk, 'customer', 2, 1,"
        f" {_id(2, 'n / 5')}, '王女士', '', '', {_AT}",
        _FROM,
    ),
    "floor_turnevent": (
        "id, site_id, day_id, index, seq, at, by, event, salt, visit_id",
        f"{_id(7, 'n * 2 + part')}, id, {_id(1, _DAY)}, 2 * ({_NUMBER}) + part,"
        f" 2 * (n / {{sites}}) + part + 1, {_AT}, desk, jsonb_build_object('event',"
        f" case part when 0 then 'arrive' else 'finish' end, 'visit', {_id(6, 'n')}, 'kind',"
        f" 'customer', 'at', {_AT}), '', {_id(6, 'n')}",
        _FROM + " cross join generate_series(0, 1) part",
    ),
    "floor_turndecision": (
        "id, site_id, day_id, event_id, visit_id, position, at, kind, clause, clause_revision,"
        " because, receiver, counted, turn, passed_over, queue, seq, receipt, rule_version,"
        " policy_version",
        f"{_id(8, 'n')}, id, {_id(1, _DAY)}, {_id(7, 'n * 2')}, {_id(6, 'n')}, 0, {_AT}, 'received',"
        f" 'TQ-1.2', 1, '没有指定同事，按轮排第一位是顾问，由顾问接待，计一次。', {_WHO}, true, 'place',"
        f" '[]', to_jsonb(sales), 2 * (n / {{sites}}) + 1, 'R' || lpad((n % 99999999)::text, 8, '0'),"
        " '1', 0",
        _FROM,
    ),
    "floor_reception": (
        "id, site_id, visit_id, receiver, decision_id, began_at, accepted_at, ended_at",
        f"{_id(9, 'n')}, id, {_id(6, 'n')}, {_WHO}, {_id(8, 'n')}, {_AT}, {_AT}, {_AT}",
        _FROM,
    ),
    # Negative numbers: the chain of the running site goes on from where it is.
    "journal_entry": (
        "site_id, seq, at, kind, actor, clause, body, prev, hash, receipt",
        f"id, -(2 * (n / {{sites}}) + part + 1), {_AT}, 'turns.event', desk::text, 'TQ-1.2',"
        f" jsonb_build_object('day', '2026-01-01', 'index', n % 200, 'event',"
        f" jsonb_build_object('visit', {_id(6, 'n')}), 'queue', case part when 0 then to_jsonb(sales)"
        " end), sha256(n::text::bytea), sha256((n + part)::text::bytea),"
        " 'E' || lpad((n % 99999999)::text, 8, '0')",
        _FROM + " cross join generate_series(0, 1) part",
    ),
}


def fill(name: str, visits: int) -> None:
    """Puts so many past visits into a database of `place.found`, evenly over its galleries."""
    with psycopg.connect(database(name), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("set synchronous_commit = off")
        connection.execute(_SITES)
        (sites,) = connection.execute("select count(*) from bench_site").fetchone()  # type: ignore[misc]
        numbers = {"sites": sites, "a_day": A_DAY, "days": visits // (sites * A_DAY) + 1}
        for table, (columns, values, rows) in TABLES.items():
            whole = {**numbers, "first": 0, "last": visits - 1}
            sql = f"insert into {table} ({columns}) select {values} {rows}"
            for mark, number in whole.items():
                sql = sql.replace("{" + mark + "}", str(number))
            connection.execute(sql.encode())
        connection.execute("vacuum analyze")


_SITES = """
create temp table bench_site as
select s.id, row_number() over (order by s.code) - 1 as k,
       array_agg(a.staff_id) filter (where a.role = 'salesperson') as sales,
       (array_agg(a.staff_id) filter (where a.role = 'receptionist'))[1] as desk
  from people_site s join people_assignment a on a.site_id = s.id group by s.id
"""
