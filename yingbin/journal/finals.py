"""Rows that the database itself refuses to change or delete: what a migration of a new table says of them.

    FINAL = Final("duty_report", erasable=("words", "salt"))
    operations = [FINAL.operation()]

Migrations of before wrote their triggers out; they stay as they are. TRUNCATE is refused too, except in a session
that declares its database disposable (the tests').
"""

from dataclasses import dataclass
from hashlib import sha256

from django.db.migrations.operations import RunSQL

from yingbin.rules.gone import ERASED

from .guards import Guards, rows_and_whole

_SOURCE = """
declare
  words text[] := array[{words}]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{{}}', '[]', '{erased}')) then
    return new;
  end if;{still}
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end """
_STILL = """
  if tg_op = 'UPDATE' and to_jsonb(old)->>'{column}' = '{value}'
     and to_jsonb(new) - array[{moving}]::text[] = to_jsonb(old) - array[{moving}]::text[] then
    return new;
  end if;"""
_GUARD = """
create function {name}_refuse() returns trigger language plpgsql as $${source}$$;
create trigger {name}_rows before update or delete on {name}
  for each row execute function {name}_refuse();
create trigger {name}_whole before truncate on {name}
  for each statement execute function {name}_refuse();
alter table {name} enable always trigger {name}_rows;
alter table {name} enable always trigger {name}_whole;
"""
_CHANGED = (
    "create or replace function {name}_refuse() returns trigger language plpgsql as $${source}$$;"
)
_UNGUARD = """
drop trigger {name}_rows on {name};
drop trigger {name}_whole on {name};
drop function {name}_refuse();
"""


@dataclass(frozen=True)
class Undecided:
    """While `column` says `value`, the columns `moving` may still change; that one is among them."""

    column: str
    value: str
    moving: tuple[str, ...]

    def source(self) -> str:
        """The part of the table's function that lets it."""
        return _STILL.format(column=self.column, value=self.value, moving=_listed(self.moving))


@dataclass(frozen=True)
class Final:
    """A table whose rows stay as they were written.

    erasable: columns with a customer's words, which may be emptied (or say `ERASED`) and never filled anew.
    undecided: what may change until the row is decided.
    """

    table: str
    erasable: tuple[str, ...] = ()
    undecided: Undecided | None = None

    def operation(self) -> RunSQL:
        """What the migration does after it made the table."""
        guard = _GUARD.format(name=self.table, source=self.source())
        return RunSQL(guard, _UNGUARD.format(name=self.table))

    def changes(self, before: "Final") -> RunSQL:
        """What a migration does where a table's function was made otherwise. before: how it was."""
        now, then = (
            _CHANGED.format(name=self.table, source=one.source()) for one in (self, before)
        )
        return RunSQL(now, then)

    def source(self) -> str:
        """What the table's function does, as PostgreSQL keeps it."""
        still = self.undecided.source() if self.undecided else ""
        return _SOURCE.format(words=_listed(self.erasable), erased=ERASED, still=still)

    def guards(self) -> Guards:
        """What the migration made, for the app's wing."""
        function = f"{self.table}_refuse"
        digest = sha256(self.source().encode()).hexdigest()
        return Guards(rows_and_whole(function, self.table), {function: digest})


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
