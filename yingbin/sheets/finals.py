"""The database itself refuses to change a signed row; its words can only be erased, once and whole."""

from hashlib import sha256

from yingbin.journal.guards import Guard, Guards, rows_and_whole

_SOURCES = {
    "sheets_refuse": """
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'a signed sheet is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end """,
    "sheets_erase": """
begin
  if old.erased_at is null and new.erased_at is not null and new.words is null and new.salt = ''
     and new.entry_id = old.entry_id and new.site_id = old.site_id then
    return new;
  end if;
  raise exception 'a signed sheet is final: words can only be erased'
    using errcode = 'insufficient_privilege';
end """,
}
_FUNCTION = (
    "create or replace function {name}() returns trigger language plpgsql as $${source}$$;\n"
)
_TRIGGER = """
create trigger {table}_{name} before {what} on {table} for each {each} execute function {function}();
alter table {table} enable always trigger {table}_{name};
"""


def guards(rows: str, words: str) -> Guards:
    """What `final` made of these two tables, for the app's wing."""
    return Guards(
        {
            **rows_and_whole("sheets_refuse", rows),
            f"{words}_rows": Guard(words, "sheets_erase", "UPDATE"),
            f"{words}_gone": Guard(words, "sheets_refuse", "DELETE"),
            f"{words}_whole": Guard(words, "sheets_refuse", "TRUNCATE"),
        },
        {name: sha256(source.encode()).hexdigest() for name, source in _SOURCES.items()},
    )


def final(rows: str, words: str) -> str:
    """The SQL that makes a sheet's tables final, for the app's own migration."""
    made = [
        (rows, "rows", "update or delete", "row", "sheets_refuse"),
        (rows, "whole", "truncate", "statement", "sheets_refuse"),
        (words, "rows", "update", "row", "sheets_erase"),
        (words, "gone", "delete", "row", "sheets_refuse"),
        (words, "whole", "truncate", "statement", "sheets_refuse"),
    ]
    names = ("table", "name", "what", "each", "function")
    functions = (_FUNCTION.format(name=n, source=source) for n, source in _SOURCES.items())
    triggers = (_TRIGGER.format(**dict(zip(names, one, strict=True))) for one in made)
    return "".join([*functions, *triggers])
