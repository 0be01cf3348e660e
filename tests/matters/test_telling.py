"""Whoever a step concerns hears of it, once, in words that say what to do; whoever took it does not."""

from datetime import timedelta

import pytest

from tests.matters.estate import Estate
from yingbin.matters import actions, ticks
from yingbin.notices.models import Notice

pytestmark = pytest.mark.django_db
WHAT = "三号楼水压太低"


def fresh(estate: Estate) -> None:
    """Nobody was told anything yet."""
    Notice.objects.all().delete()


def heard(estate: Estate) -> dict[str, list[str]]:
    """What everybody was told, by name; those who heard nothing left out."""
    said = {who: estate.told(who) for who in estate.staff}
    return {who: words for who, words in said.items() if words}


@pytest.mark.parametrize(
    ("before", "by", "verb", "told"),
    [
        ([("offer", "苏", {"to": "钱"})], "钱", "accept", {"苏": [f"钱已接手：{WHAT}"]}),
        ([("offer", "苏", {"to": "钱"})], "钱", "decline", {"苏": [f"钱没有接：{WHAT}"]}),
        ([("offer", "苏", {"to": "钱"})], "苏", "withdraw", {"钱": [f"不用接了：{WHAT}"]}),
        ([("offer", "苏", {"to": "钱"}), ("accept", "钱", {})], "钱", "answer", {"苏": [f"有答复了，请告诉客户：{WHAT}"]}),
        ([("offer", "苏", {"to": "钱"}), ("accept", "钱", {})], "苏", "cancel", {"钱": [f"已取消：{WHAT}"]}),
        ([("answer", "苏", {"note": "在修"})], "苏", "tell", {}),
        ([], "苏", "cancel", {}),
        ([], "苏", "note", {}),
    ],
)  # fmt: skip
def test_a_step_reaches_those_it_concerns_and_nobody_else(
    estate: Estate,
    before: list[tuple[str, str, dict[str, str]]],
    by: str,
    verb: str,
    told: dict[str, list[str]],
) -> None:
    one = estate.ask()
    for done, who, more in before:
        to = {"to": estate.id(more["to"])} if "to" in more else {}
        note = more.get("note", "")
        estate.do(actions.act, who, matter_id=one, verb=done, note=note, **to)
    fresh(estate)
    estate.do(actions.act, by, matter_id=one, verb=verb, note="水泵在修，下午四点好")
    assert heard(estate) == told


def test_whoever_gets_it_by_another_hand_hears_who_why_and_what(estate: Estate) -> None:
    one = estate.ask()
    fresh(estate)
    estate.do(actions.assign, "林", matter_id=one, to=estate.id("孙"), note="他正好在楼下")
    notice = Notice.objects.get(to_id=estate.id("孙"))
    assert notice.title == f"林改派了经办人：{WHAT}"
    assert "孙" in notice.body
    assert "他正好在楼下" in notice.body
    assert str(one) in notice.link


def test_whoever_declines_is_quoted_to_whom_it_stays_with(estate: Estate) -> None:
    one = estate.ask(offered_to=estate.id("钱"))
    fresh(estate)
    estate.do(actions.decline, "钱", matter_id=one, note="今天轮休")
    notice = Notice.objects.get()
    assert (notice.to_id, notice.body) == (estate.id("苏"), "原因：今天轮休。仍由您负责。")


def test_the_owner_is_told_what_somebody_else_opened_for_them(estate: Estate) -> None:
    estate.ask("苏", owner=estate.id("叶"))
    assert heard(estate) == {"叶": [f"客户提问：{WHAT}"]}


def test_a_department_hears_once_though_one_of_its_people_gave_it(estate: Estate) -> None:
    estate.ask("钱", offered_to=estate.group)
    assert heard(estate) == {
        "赵": [f"钱转给工程部：{WHAT}"],
        "孙": [f"钱转给工程部：{WHAT}"],
    }


def test_an_offer_that_lies_is_recalled_to_those_it_was_made_to(estate: Estate) -> None:
    one = estate.ask(offered_to=estate.id("钱"))
    fresh(estate)
    ticks.tick(estate.row(one).opened_at + timedelta(minutes=9))
    assert heard(estate) == {}
    ticks.tick(estate.row(one).opened_at + timedelta(minutes=10))
    assert heard(estate) == {"钱": [f"等您接手：{WHAT}"]}


def test_what_is_overdue_names_who_owes_it_and_is_said_again_higher_up(estate: Estate) -> None:
    one = estate.ask()
    due = estate.row(one).due_at
    assert due is not None
    fresh(estate)
    ticks.tick(due)
    first = Notice.objects.get(to_id=estate.id("林"))
    assert (first.title, first.body) == (f"已超时：{WHAT}", "负责人 苏，请尽快处理。")
    ticks.tick(due + timedelta(hours=4))
    ticks.tick(due + timedelta(hours=4))
    assert estate.told("林") == [f"已超时：{WHAT}", f"仍未处理：{WHAT}"]


def test_reopening_and_another_due_time_are_told_to_whoever_owes_it(estate: Estate) -> None:
    one = estate.ask(offered_to=estate.id("钱"))
    estate.do(actions.accept, "钱", matter_id=one)
    fresh(estate)
    later = estate.now + timedelta(days=2)
    estate.do(actions.act, "林", matter_id=one, verb="postpone", due_at=later, note="等自来水公司")
    assert estate.told("钱") == [f"时限已改：{WHAT}"]
    estate.do(actions.cancel, "苏", matter_id=one, note="住户说好了")
    fresh(estate)
    estate.do(actions.reopen, "苏", matter_id=one, note="又低了")
    assert estate.told("钱") == [f"重新打开：{WHAT}"]
