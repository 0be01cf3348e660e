"""`migrate` as Django's, but an empty database begins with the tables that are written down."""

from contextlib import nullcontext

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from yingbin.web.server import tables
from yingbin.web.server.additions import made_quickly

# With any of these somebody wants something else than all tables as they are now.
_OTHERWISE = (
    "app_label",
    "fake",
    "fake_initial",
    "plan",
    "check_unapplied",
    "prune",
    "from_nothing",
)


class Command(migrate.Command):
    """Brings the tables up to date; those of an empty database are made at once (see `web.server.tables`)."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's, and one of ours."""
        super().add_arguments(parser)
        parser.add_argument(
            "--from-nothing", action="store_true", help="空库也逐条迁移，不用写好的表"
        )

    def handle(self, *args: object, **options: object) -> str | None:
        """The tables written down where nothing stands, then every migration that is still to be applied."""
        if not any(options[word] for word in _OTHERWISE):
            tables.begin(connections[str(options["database"])])
        with nullcontext() if options["from_nothing"] else made_quickly():
            return super().handle(*args, **options)
