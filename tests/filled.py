"""Which tables of the tests' database hold rows."""

from collections.abc import Iterable

from django.db import connection

# Django's own lists, there before any test.
ALWAYS = {"django_migrations", "django_content_type", "auth_permission"}


def filled(tables: Iterable[str]) -> list[str]:
    """Those of these tables that hold rows, in order; none of Django's own lists."""
    asked = " union all ".join(
        f"select '{t}' where exists (select from \"{t}\")" for t in sorted(set(tables) - ALWAYS)
    )
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.execute(asked).fetchall()]
