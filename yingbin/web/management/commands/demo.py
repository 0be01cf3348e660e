"""`manage demo`: fills an empty installation with the demo and prints the logins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yingbin.people.models import Company
from yingbin.people.roles import ROLES
from yingbin.web.demo import build, cast


class Command(BaseCommand):
    """Builds the demo once; refuses where a company exists already."""

    help = "演示数据:一个案场、三周的真实操作记录"

    def handle(self, *args: Any, **options: Any) -> str:
        """Returns the logins, which are printed."""
        if Company.objects.exists():
            raise CommandError("已经有公司数据,不再写入演示数据。")
        build.demo()
        lines = [f"  {m.account:<12} {m.name}  {ROLES[m.role].title}" for m in cast.EVERYONE]
        return "\n".join([f"演示账号(密码都是 {cast.PASSWORD},换人 PIN {cast.PIN}):", *lines])
