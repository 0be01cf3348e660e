"""The database itself refuses to change a signed row; its words can only be erased, once and whole."""

_FUNCTIONS = """
create or replace function sheets_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'a signed sheet is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create or replace function sheets_erase() returns trigger language plpgsql as $$
begin
  if old.erased_at is null and new.erased_at is not null and new.words is null and new.salt = ''
     and new.entry_id = old.entry_id and new.site_id = old.site_id then
    return new;
  end if;
  raise exception 'a signed sheet is final: words can only be erased'
    using errcode = 'insufficient_privilege';
end $$;
"""
_TRIGGER = """
create trigger {table}_{name} before {what} on {table} for each {each} execute function {function}();
alter table {table} enable always trigger {table}_{name};
"""


def final(rows: str, words: str) -> str:
    """The SQL that makes a sheet's tables final, for the app's own migration."""
    guards = [
        (rows, "rows", "update or delete", "row", "sheets_refuse"),
        (rows, "whole", "truncate", "statement", "sheets_refuse"),
        (words, "rows", "update", "row", "sheets_erase"),
        (words, "gone", "delete", "row", "sheets_refuse"),
        (words, "whole", "truncate", "statement", "sheets_refuse"),
    ]
    names = ("table", "name", "what", "each", "function")
    made = (_TRIGGER.format(**dict(zip(names, guard, strict=True))) for guard in guards)
    return _FUNCTIONS + "".join(made)
