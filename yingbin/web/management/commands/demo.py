"""`manage demo`: fills an empty installation with the demo and prints the logins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from yingbin.people.models import Company
from yingbin.web.demo import build
from yingbin.web.demo.logins import logins


class Command(BaseCommand):
    """Builds the demo once; refuses where a company exists already."""

    help = "演示数据：一个案场、三周的真实操作记录"

    def add_arguments(self, parser: CommandParser) -> None:
        """How much past there is."""
        parser.add_argument("--weeks", type=int, default=build.WEEKS, help="有几周的过去")

    def handle(self, *args: Any, **options: Any) -> str:
        """Returns the logins, which are printed."""
        if Company.objects.exists():
            raise CommandError("已经有公司数据，不再写入演示数据。")
        with connection.cursor() as cursor:
            # Nobody waits for a demo's single writes to be on the disk: after a crash it is built anew.
            cursor.execute("set synchronous_commit to off")
        build.demo(weeks=options["weeks"])
        return logins("http://127.0.0.1:8000")
