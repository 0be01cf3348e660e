"""`manage let_in ACCOUNT`: the way back in for whoever locked themselves out of everything."""

from argparse import ArgumentParser

from axes.models import AccessAttempt
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yingbin.journal.write import new_key
from yingbin.people import queries
from yingbin.people.actions.passwords import let_in


class Command(BaseCommand):
    """Gives a person a first password and takes their second factor; for the last administrator.

    Whoever can run this has the machine; it stands in the company's journal all the same.
    """

    help = "给被锁在门外的人一个新的初始密码，并关闭其动态验证码"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account."""
        parser.add_argument("account", help="账号或完整手机号")

    def handle(self, *args: object, **options: str) -> str:
        """Returns the first password, which is printed once."""
        staff = queries.by_account_or_phone(options["account"])
        if staff is None:
            raise CommandError("没有这个账号，或者这个人已经离职。")
        word = let_in(key=new_key(), at=timezone.now(), staff_id=staff.id)
        AccessAttempt.objects.filter(username=staff.account).delete()
        return (
            f"{staff.name}（账号 {staff.account}）的初始密码：{word}\n"
            "第一次登录时会要求换成自己的。"
        )
