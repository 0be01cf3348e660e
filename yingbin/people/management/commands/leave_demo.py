"""`manage leave_demo`: leaves the demo behind, for an empty installation to set up oneself."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.utils import timezone

from yingbin.people.models import Company, DemoLeft


class Command(BaseCommand):
    """Empties the database of a demo, after the company's name was typed; refuses anything else.

    The whole schema goes and is made anew: the journal lets no entry be deleted, and here none is,
    the demo's journal ends with its database.
    """

    help = "清掉演示数据，从空白开始设置自己的公司（只对演示有效）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The name can be given beforehand, for scripts."""
        parser.add_argument("--confirm", metavar="公司名", help="不再询问，直接以公司名确认")

    def handle(self, *args: object, **options: str | None) -> str:
        """Returns what to do next, which is printed."""
        company = Company.objects.first()
        if company is None:
            raise CommandError("这里已经是空白的了，打开首页就能开始设置。")
        if not company.is_demo:
            raise CommandError(f"「{company.name}」不是演示，真实数据不会用这个命令清掉。")
        typed = options["confirm"]
        if typed is None:
            self.stdout.write("演示里的公司、人员、客户和全部记录都会清掉，不能恢复。")
            typed = input(f"要继续，请输入公司名「{company.name}」：")
        if typed.strip() != company.name:
            raise CommandError("名称不一致，什么都没有清。")
        start_anew()
        DemoLeft.objects.create(at=timezone.now())
        return "已清空。打开首页，一步步设置您自己的公司。"


def start_anew() -> None:
    """Every table is dropped and made again, empty; by the owner of the database, while nobody uses it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '15s'")
            cursor.execute("select current_schema()")
            schema = connection.ops.quote_name(cursor.fetchone()[0])
            cursor.execute(f"drop schema {schema} cascade")
            cursor.execute(f"create schema {schema}")
    except OperationalError:
        raise CommandError("有人正在用演示，没能清空。请先停止程序再试。") from None
    except ProgrammingError as no:
        raise CommandError(f"数据库账号没有权限重建表：{no}") from None
    call_command("migrate", verbosity=0, interactive=False)
