"""What the plan calls done and isn't any more, and a school's list that stays missing: said, and told once (CV-3.3.3, CV-4.1)."""

from typing import Any
from uuid import UUID

import pytest

from yingbin.notices.models import Notice
from yingbin.people.policies import set_policy
from yingbin.tours.actions import companions, guests
from yingbin.tours.guest_lines import GuestLine
from yingbin.tours.models import HostingEvent
from yingbin.tours.queries.countdown import board
from yingbin.tours.queries.guests import stamp
from yingbin.tours.ticks import tick

from .headquarters import Headquarters
from .test_pages import page


def asked(house: Headquarters, one: UUID, who: str, answer: str = "confirmed") -> int:
    """A leader is asked and answers."""
    made: Any = house.do(companions.ask_companion, "江", visit_id=one, who=house.id(who))
    said(house, one, who, made.index, answer)
    return int(made.index)


def said(house: Headquarters, one: UUID, who: str, ask: int, answer: str) -> None:
    told = {"visit_id": one, "ask": ask, "answer": answer, "reason": "临时出差"}
    house.do(companions.answer_companion, who, **told)


def companion(house: Headquarters, one: UUID) -> str:
    """Whom the rules know as the visit's companion."""
    return str(house.row(one).state["done"]["senior"])


def owed(house: Headquarters) -> list[str]:
    (line,) = board(house.site, house.now)
    return [f"{o.who}：{o.what}" for o in line.owed]


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_who_says_no_after_a_yes_leaves_the_visit_to_the_other_who_said_yes(
    house: Headquarters,
) -> None:
    one = house.word()
    first, second = asked(house, one, "严"), asked(house, one, "罗")
    assert companion(house, one) == str(house.id("严"))
    said(house, one, "严", first, "declined")
    assert companion(house, one) == str(house.id("罗"))
    said(house, one, "罗", second, "declined")
    assert companion(house, one) == str(house.id("罗")), "the rules know no way back"
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_who_says_no_after_a_yes_is_to_be_replaced_wherever_the_plan_is_read(
    house: Headquarters,
) -> None:
    one = house.word()
    first = asked(house, one, "严")
    assert "还没有答应现在的安排" not in page(house, "江", "visit", one)
    said(house, one, "严", first, "declined")
    for name in ("visit", "hosting"):
        assert "要重办" in page(house, "江", name, one), name
    assert "严还没有答应现在的安排，请再请一位" in page(house, "江", "visit", one)
    assert "接待部：严没空" in owed(house)
    house.do(companions.drop_companion, "江", visit_id=one, ask=first)
    assert "接待部：再请高层陪同" in owed(house)
    asked(house, one, "罗")
    assert companion(house, one) == str(house.id("罗"))
    assert "要重办" not in page(house, "江", "visit", one)
    assert "接待部：再请高层陪同" not in owed(house)


@pytest.mark.clause("CV-3.3.3")
def test_whoever_is_dropped_leaves_the_visit_to_the_other_who_said_yes(house: Headquarters) -> None:
    one = house.word()
    first = asked(house, one, "严")
    asked(house, one, "罗")
    house.do(companions.drop_companion, "江", visit_id=one, ask=first)
    assert companion(house, one) == str(house.id("罗"))
    assert house.faults() == []


def told_of_list(house: Headquarters) -> list[str]:
    """Who was told that a list of minors is missing."""
    names = {one.id: who for who, one in house.staff.items()}
    rows = Notice.objects.filter(kind="tours.minors").order_by("made_at", "id")
    return sorted(names[row.to_id] for row in rows)


@pytest.mark.clause("CV-4.1")
def test_a_schools_list_that_stays_missing_is_told_once_at_its_hour_to_who_can_ask_for_it(
    house: Headquarters,
) -> None:
    one = house.approved("institution", by="贺", areas=("plant",))
    house.act("江", "task", one, task="guide", who="叶")
    house.do(
        set_policy, "何", name="tours.hosting", values={"list_hours": 48}, reason="学校要早知道"
    )
    house.now = house.at(6, 9, 59)
    tick(house.now)
    assert told_of_list(house) == []
    house.now = house.at(0, 10)
    for _ in range(2):
        tick(house.now)
    assert told_of_list(house) == ["叶", "江", "贺"]
    notice = Notice.objects.filter(kind="tours.minors").first()
    assert notice is not None
    assert (notice.urgent, notice.link) == (True, f"/tours/{one}/guests/")
    assert "长丰机械 12 人" in notice.title
    for who in "叶江贺":
        assert "名单" in page(house, who, "guests", one)
    later = house.at(3, 10)
    house.act("江", "edit", one, from_=later, to=house.at(3, 12))
    house.approve(one)
    house.now = house.at(1, 11)
    tick(house.now)
    assert told_of_list(house) == ["叶", "江", "江", "贺", "贺"], (
        "another day, another hour, no guide yet"
    )
    assert house.faults() == []


@pytest.mark.clause("CV-4.1")
def test_a_school_with_its_list_and_one_that_waits_for_approval_are_told_nobody(
    house: Headquarters,
) -> None:
    one = house.approved("institution", areas=("plant",))
    house.apply("institution", areas=("plant",))
    line = (GuestLine("李小禾", minor=True, care_of="李梅"),)
    told = {"visit_id": one, "guests": line, "seen": stamp(house.row(one))}
    house.do(guests.keep_list, "江", **told)
    house.now = house.at(8, 9)
    tick(house.now)
    assert told_of_list(house) == []
    assert not HostingEvent.objects.filter(mark__startswith="minors").exists()
