"""The office as it was when something was decided: people who come and go, limits that change, somebody who is missing."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.desk.house import House
from yingbin.desk.checking import Replayed
from yingbin.desk.export import exported
from yingbin.desk.models import DeskEvent, DeskMatter, DeskOffice
from yingbin.desk.ticks import tick
from yingbin.journal.write import KeyReused
from yingbin.people.models import Assignment, Staff
from yingbin.people.policies import set_row
from yingbin.rules.decision import Refused
from yingbin.rules.desk.replay import replay
from yingbin.web.cli import main

SCENES_PLAYED = (
    "求助",
    "接了的求助",
    "办结的投诉",
    "告知的投诉",
    "到场的有偿",
    "停着的求助",
    "夜里的求助",
)
DAYS = ("--from", "2026-11-01", "--to", "2027-12-31")


def leaves(house: House, who: str) -> None:
    """Somebody works here no more."""
    Assignment.objects.filter(staff=house.staff[who]).update(until=house.now)
    Staff.objects.filter(id=house.id(who)).update(is_active=False)
    house.later(seconds=1)


def version(house: House) -> int:
    """The office that holds."""
    return DeskOffice.objects.filter(site_id=house.site).order_by("version").last().version  # type: ignore[union-attr]


def faults(house: House) -> list[str]:
    """What check says."""
    return list(Replayed(house.site).faults())


@pytest.mark.clause("SD-3.1")
def test_a_clerk_who_leaves_in_the_middle_stays_named_and_the_supervisor_gives_her_matters_on(
    house: House,
) -> None:
    leaves(house, "苏")
    with pytest.raises(
        Refused, match=r"^人员名单里没有已离职同事，请核对姓名。$|^人员名单里没有苏"
    ):
        house.says("苏", "respond", "求助")
    html = house.browser("林").get(reverse("desk:mine"), follow=True).content.decode()
    assert "没有人管的，请改派" in html
    assert html.index("没有人管的，请改派") < html.index("接了的求助")
    assert (
        house.says("林", "assign", "求助", to="叶", as_="owner", reason="苏离职")
        == "叶接替苏负责答复住户。"
    )
    assert house.stands(house.at["求助"]) == ("new", "叶", "叶")
    assert version(house) == 2
    page = reverse("desk:matter", args=[house.at["求助"]])
    assert "苏登记了求助" in house.browser("叶").get(page, follow=True).content.decode()
    assert faults(house) == []


@pytest.mark.clause("SD-3.1")
def test_a_worker_who_leaves_is_replaced_by_their_head_and_what_they_did_stays_valid(
    house: House,
) -> None:
    leaves(house, "钱")
    with pytest.raises(Refused):
        house.says("钱", "arrive", "接了的求助")
    house.says("林", "assign", "接了的求助", to="孙", reason="钱离职")
    house.says("孙", "arrive", "接了的求助")
    assert house.log(house.at["接了的求助"])[-2:] == ["assign", "arrive"]
    assert faults(house) == []


MISSING = [
    ("林", "desk_supervisor", "这里还没有客服主管，客服台开不了。请管理员在「人员」里加上。", "SD-3.3"),
    ("顾", "desk_manager", "这里还没有管理处主任，客服台开不了。请管理员在「人员」里加上。", "SD-3.3"),
    ("苏叶", "desk_clerk", "这里还没有客服前台的同事，客服台开不了。请管理员在「人员」里加上。", "SD-3.1"),
]  # fmt: skip


@pytest.mark.clause("SD-3.3")
@pytest.mark.parametrize(("gone", "role", "sentence", "clause"), MISSING, ids=[m[1] for m in MISSING])  # fmt: skip
def test_without_one_of_the_three_nothing_new_begins_but_clocks_go_on_and_pages_open(
    house: House, gone: str, role: str, sentence: str, clause: str
) -> None:
    for who in gone:
        leaves(house, who)
    by = "石"
    with pytest.raises(Refused) as no:
        house.record(by, home="9-1-101")
    assert (no.value.message, no.value.clause) == (sentence, clause)
    assert version(house) == 1
    house.later(hours=1)
    assert tick(house.now) > 0, "what is owed goes on falling due, by the office as it last was"
    seer = next(who for who in "林顾" if who not in gone)
    page = reverse("desk:matter", args=[house.at["求助"]])
    assert house.browser(seer).get(page, follow=True).status_code == 200
    assert faults(house) == []
    house.hire("新", "xin", role)
    house.record(by, home="9-1-101")
    assert version(house) == 2
    assert faults(house) == []


@pytest.mark.clause("SD-3.3")
def test_of_two_supervisors_the_longer_serving_supervises_and_the_other_is_a_clerk(
    house: House,
) -> None:
    house.hire("冯", "feng", "desk_supervisor")
    house.later(days=1)
    with pytest.raises(Refused, match="投诉只有主管能取消"):
        house.says("冯", "cancel", "告知的投诉", reason="withdrawn")
    assert house.says("冯", "agree", "告知的投诉", agreed=False).startswith("住户不认可，已报林")
    leaves(house, "林")
    assert (
        house.says("冯", "assess", "告知的投诉", severity="minor") == "投诉定为一般，请接着调查。"
    )
    assert faults(house) == []


@pytest.mark.clause("SD-4.3")
def test_another_limit_holds_for_what_begins_after_it_and_is_another_version(house: House) -> None:
    old = house.row(house.at["求助"]).due_at
    told = {"name": "desk.office", "row_id": "help/respond", "numbers": {"minutes": 10}}
    house.do(set_row, "林", reason="合同改了", **told)
    later = house.record(home="9-1-101")
    assert house.row(house.at["求助"]).due_at == old
    assert house.row(later).due_at == house.now + timedelta(minutes=10)
    assert version(house) == 2
    house.record(home="9-1-102")
    assert version(house) == 2, "the same office is the same version"
    house.later(minutes=31)
    tick(house.now)
    assert faults(house) == []


# The same key twice

TWICE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("苏", "respond", "求助", {}),
    ("苏", "offer", "求助", {"to": "工程部"}),
    ("苏", "cancel", "求助", {"reason": "withdrawn"}),
    ("苏", "change", "求助", {"urgent": True, "reason": "水大了"}),
    ("钱", "arrive", "接了的求助", {}),
    ("钱", "quote", "到场的有偿", {"amount": 0}),
    ("钱", "quote", "到场的有偿", {"amount": 9_999_999}),
    ("苏", "resume", "停着的求助", {}),
    ("叶", "take", "夜里的求助", {}),
    ("叶", "call", "办结的投诉", {"reached": False}),
    ("叶", "call", "办结的投诉", {"reached": True, "score": "satisfied", "asked": True}),
    ("苏", "reopen", "办结的投诉", {"reason": "又来了"}),
    ("苏", "agree", "告知的投诉", {"agreed": True}),
]


@pytest.mark.parametrize(("by", "event", "scene", "fields"), TWICE, ids=[f"{t[1]}-{n}" for n, t in enumerate(TWICE)])  # fmt: skip
def test_the_same_tap_twice_is_done_once_and_answered_alike(
    house: House, by: str, event: str, scene: str, fields: dict[str, Any]
) -> None:
    from yingbin.desk.actions.verbs import happen

    named = {name: house.named(value) for name, value in fields.items()}
    tap = {"event": event, "matter_id": house.at[scene], "fields": named, "key": "tap"}
    first = house.do(happen, by, **tap)
    after = house.whole()
    assert house.do(happen, by, **tap) == first
    assert house.whole() == after
    with pytest.raises(KeyReused):
        house.do(happen, by, **{**tap, "event": "tell", "fields": {}})
    assert house.whole() == after


@pytest.mark.clause("SD-4.2.3")
@pytest.mark.parametrize(
    ("fen", "said"),
    [(0, "0元"), (1, "0.01元"), (50, "0.50元"), (100, "1元"), (9_999_999, "99999.99元")],
)  # fmt: skip
def test_a_price_is_said_as_people_say_it(house: House, fen: int, said: str) -> None:
    assert (
        house.says("钱", "quote", "到场的有偿", amount=fen) == f"报价{said}，住户同意后才能开工。"
    )
    assert (
        house.says("苏", "agree", "到场的有偿", agreed=True, amount=fen)
        == "住户同意报价，可以开工。"
    )
    assert house.desk(house.at["到场的有偿"]).quote == fen


# Numbers


@pytest.mark.clause("SD-4.1")
def test_numbers_begin_anew_with_the_year_of_the_estates_own_clock(house: House) -> None:
    last = house.desk(house.record(home="9-1-101")).number
    house.now = house.now.replace(month=12, day=31, hour=23, minute=59, second=58)
    old, new, next_ = (house.desk(house.record(home=f"9-1-10{n}")).said for n in (2, 3, 4))
    assert (old, new, next_) == (f"2026-{last + 1:04d}", "2027-0001", "2027-0002")
    from yingbin.desk.queries.find import id_of_number

    first = DeskMatter.objects.get(year=2027, number=1, site_id=house.site)
    assert id_of_number(house.site, "1") == str(first.matter_id)
    assert id_of_number(house.site, "2026-1") == str(DeskMatter.objects.get(year=2026, number=1, site_id=house.site).matter_id)  # fmt: skip
    assert faults(house) == []


# The commands


def test_the_check_says_how_many_it_checked_and_names_the_row_that_was_changed(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    check = ["desk", "check", "--site", house.code]
    assert main(check) == 0
    assert capsys.readouterr().out == "核对 7 件，不一致 0 处\n"
    DeskMatter.objects.filter(matter_id=house.at["求助"]).update(amount=1)
    said = house.desk(house.at["求助"]).said
    assert main(check) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == [f"{said} 号：存的情况和重放的不一样", "核对 7 件，不一致 1 处"]
    assert main(["desk", "check", "--site", "nowhere"]) == 2
    assert capsys.readouterr() == ("", "没有代号为 nowhere 的项目\n")


def test_the_file_of_some_days_is_of_the_contract_and_replays_to_what_is_stored(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["desk", "export", "--site", house.code, *DAYS]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    told = json.loads(out)
    assert [e["event"] for e in told["events"]].count("record") == 7
    assert told["people"]["supervisor"] == "林"
    assert told["people"]["departments"]["工程部"]["head"] == "赵"
    answer = replay(told)
    assert [d for d in answer["decisions"] if d["refused"]] == []  # type: ignore[attr-defined]
    assert len(answer["matters"]) == 7  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("site", "since", "until"),
    [("", "2026-10-01", "2026-10-31"), ("", "2026-11-24", "2026-11-30"), ("nowhere", "2026-11-01", "2026-11-30")],
)  # fmt: skip
def test_days_without_a_matter_are_said_to_be(
    house: House, capsys: pytest.CaptureFixture[str], site: str, since: str, until: str
) -> None:
    code = site or house.code
    assert main(["desk", "export", "--site", code, "--from", since, "--to", until]) == 2
    assert capsys.readouterr() == ("", f"没有找到 {code} 在这些日子里的来电来访\n")


def test_a_file_over_a_change_of_people_says_since_when(house: House) -> None:
    house.hire("吴", "wu", "desk_clerk")
    house.record("吴", home="9-1-101")
    told = exported(house.site, date(2026, 11, 1), date(2026, 11, 30))
    assert told is not None
    (remark,) = told.remarks
    assert remark.startswith("这段时间里人员、时限或日历改过 1 次（2026-11-23T09:0")
    assert DeskEvent.objects.filter(office__version=2).count() == 1


# A burst pipe


@pytest.mark.clause("SD-4.3")
def test_homes_of_one_burst_pipe_are_matters_each_with_a_number_a_clerk_and_a_clock_of_its_own(
    house: House,
) -> None:
    many = len(house.heard("苏") + house.heard("叶"))
    pipe = [house.record("苏叶"[n % 2], home=f"3-1-{n + 101}", subject="water") for n in range(12)]
    assert {house.row(one).grade for one in pipe} == {"urgent"}
    numbers = [house.desk(one).number for one in pipe]
    assert numbers == list(range(numbers[0], numbers[0] + 12))
    # Each warns its own clerk once, four minutes after it came in.
    house.later(minutes=4)
    tick(house.now)
    heard = (house.heard("苏") + house.heard("叶"))[many:]
    assert heard == ["warn"] * 12
    with pytest.raises(Refused, match="不是同一户的事"):
        house.act("苏", "cancel", pipe[0], reason="duplicate", of=str(pipe[1]))
