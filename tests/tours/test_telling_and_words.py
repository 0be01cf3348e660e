"""Who hears of what, once each; and what goes when a visitor asks to be forgotten."""

from typing import Any
from uuid import UUID

import pytest

from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.notices.models import Notice
from yingbin.tours.export import exported
from yingbin.tours.models import TourEvent, TourVisit
from yingbin.tours.privacy import sections

from .headquarters import OFFICIAL, Headquarters

STAFF = "江叶白严罗韩贺秦孟何"


def heard(house: Headquarters) -> dict[str, list[str]]:
    """What everybody was told, by person; those who heard nothing left out."""
    return {who: kinds for who in STAFF if (kinds := house.heard(who))}


@pytest.mark.clause("CV-3.2.1", "CV-4.1")
@pytest.mark.parametrize(
    ("klass", "told", "expected"),
    [
        ("important", {}, {"江": ["area", "opened"], "叶": ["area", "opened"], "韩": ["area"], "贺": ["area"]}),
        (
            "important", {"day": 4},
            {
                "江": ["area", "opened"], "叶": ["area", "opened"], "韩": ["area"], "贺": ["area"],
                "严": ["exception"], "罗": ["exception"],
            },
        ),
        ("general", {"headcount": 3}, {"江": ["opened"], "叶": ["opened"]}),
        ("institution", {"areas": ()}, {"江": ["opened"], "叶": ["opened"], "严": ["company"], "罗": ["company"]}),
    ],
)  # fmt: skip
def test_an_application_reaches_just_those_who_have_something_to_do(
    house: Headquarters, klass: str, told: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    house.apply(klass, **told)
    assert heard(house) == expected


@pytest.mark.clause("CV-3.2.1")
def test_nobody_is_told_of_what_they_did_themselves(house: Headquarters) -> None:
    house.apply(by="江")
    assert house.heard("江") == []
    assert house.heard("叶") == ["area", "opened"]


@pytest.mark.clause("CV-3.2.1", "CV-3.4.2")
def test_whoever_applied_for_a_guest_hears_what_became_of_it(house: Headquarters) -> None:
    one = house.apply("institution", by="秦", answers=OFFICIAL)
    house.approve(one)
    assert house.heard("秦") == ["approved"]
    house.act("江", "withdraw", one)
    assert house.heard("秦")[-1] == "withdrawn"
    assert house.heard("白") == ["tasks", "withdrawn"]


@pytest.mark.clause("CV-3.2.1", "CV-3.3.2")
def test_what_is_late_is_told_to_its_owner_once(house: Headquarters) -> None:
    house.apply("key_account", day=3)
    house.clock(hours=25)
    assert house.heard("韩") == ["area", "area_late"]
    house.clock(hours=9)
    house.clock(hours=1)
    late = [kind for kind in house.heard("江") if kind == "task_late"]
    assert len(late) == 1, "the analysis, two days ahead"
    assert house.heard("韩") == ["area", "area_late"]
    house.clock(days=1)
    assert house.heard("严").count("task_late") == 2, "neither rehearsal nor passes on the eve"


@pytest.mark.clause("CV-4.1")
def test_a_notice_leads_to_the_visit_and_names_it(house: Headquarters) -> None:
    one = house.apply()
    row = Notice.objects.get(to_id=house.id("贺"))
    assert row.title == "请答复能不能看车间：长丰机械 12 人"
    assert row.link == f"/tours/{one}/"
    assert row.body == "2026-0001 号 · 重要客户 · 12 月 1 日 10:00。"


def erased(house: Headquarters, one: UUID) -> None:
    """The contact person is forgotten."""
    who = house.row(one).customer_id
    assert who is not None
    house.hire("顾", "gu", "sales_manager")
    number = str(Customer.objects.get(id=who).number)
    house.do(erase_person, "顾", customer_id=who, reason="本人来信要求", sure=number)


def test_no_word_of_a_visitor_is_left_and_the_journal_still_verifies(house: Headquarters) -> None:
    one = house.apply(words={"wants": "自动线"}, contact="许文博")
    house.act("贺", "area", one, area="workshop", answer="refused", reason="许文博上次违规拍照")
    told = sections(site_id=house.site, customer_ids=[house.row(one).customer_id])  # type: ignore[list-item]
    said = str(told)
    for word in ("长丰机械", "许文博", "自动线", "许文博上次违规拍照"):
        assert word in said
    erased(house, one)
    row = TourVisit.objects.get(id=one)
    assert (row.visitor, row.contact, row.words, row.salt) == ("", "", {}, "")
    assert {str(e.words) for e in TourEvent.objects.filter(visit=one)} == {"{}"}
    assert not Notice.objects.filter(title__contains="长丰").exists()
    assert house.faults() == []


def test_an_exported_day_says_that_words_were_erased(house: Headquarters) -> None:
    one = house.apply()
    day = house.now.date()
    before = exported(house.site, day, day)
    assert before is not None
    assert "长丰机械" in str(before.file["events"])
    erased(house, one)
    after = exported(house.site, day, day)
    assert after is not None
    assert after.remarks == ("有些话已按本人要求删除，文件里写作“已删除”。",)
    assert "长丰" not in str(after.file)
    assert exported(house.site, day.replace(year=2020), day.replace(year=2020)) is None


@pytest.mark.clause("CV-2")
def test_the_command_line_says_whether_rules_and_rows_agree(
    house: Headquarters, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import Namespace

    from yingbin.web.cli import spans
    from yingbin.web.cli.visits import TOURS

    house.planned()
    day = house.now.date()
    long_ago = day.replace(year=2020)
    assert spans.check(TOURS, Namespace(site="zongbu")) == 0
    assert "核对 1 次来访，不一致 0 处" in capsys.readouterr().out
    assert spans.check(TOURS, Namespace(site="nowhere")) == 2
    assert spans.export(TOURS, Namespace(site="zongbu", since=day, until=day)) == 0
    assert '"company"' in capsys.readouterr().out
    assert spans.export(TOURS, Namespace(site="zongbu", since=long_ago, until=long_ago)) == 2
