"""The logins that `serve` prints, or how to begin on an empty installation."""

from yingbin.people.models import Company
from yingbin.people.roles import ROLES

from . import cast


def logins(address: str) -> str:
    """One line a person of the demo; the way to the first-run page when there is no company yet."""
    company = Company.objects.first()
    if company is None:
        return f"还没有公司资料，请打开 {address}/setup/ 一步步设置。"
    if not company.is_demo:
        return f"请打开 {address} 登录。"
    people = [_line(m) for m in (*cast.EVERYONE, *cast.ON_DUTY)]
    for place in cast.FURTHER:
        people += [f"  {place.name}:", *(_line(m) for m in place.people)]
        people += [f"    （{place.hint}）"] if place.hint else []
    return "\n".join([f"演示账号（密码 {cast.PASSWORD}，共用平板换人 PIN {cast.PIN}）:", *people])


def _line(member: cast.Member) -> str:
    return f"  {member.account:<14}{ROLES[member.role].title}  {member.name}"
