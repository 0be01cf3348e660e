"""A resident asks to be forgotten: every word of them goes, everything that proves the order stays; and what nobody takes back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.desk.house import ZHANG, House, furnished
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.customers.queries import everything
from yingbin.desk.actions import estate as doing
from yingbin.desk.actions.verbs import guide, remark
from yingbin.desk.checking import Replayed
from yingbin.desk.export import exported
from yingbin.desk.guards import GUARDS
from yingbin.desk.models import DeskEvent, DeskNote, Home, ResidentNote, Tenancy
from yingbin.importing.models import ImportRow
from yingbin.journal.check import check_site
from yingbin.rules.decision import Refused
from yingbin.rules.desk.replay import replay

SCENES_PLAYED = ("退过两次的求助", "查过的投诉")
PLAYED_TOO = furnished
TEXT = (
    "desk_deskmatter", "desk_deskevent", "desk_desknote", "desk_residentnote", "desk_tenancy",
    "matters_matter", "matters_matterstep", "customers_customername", "customers_customerphone",
)  # fmt: skip


def zhang(house: House) -> UUID:
    """张三's card."""
    who = house.desk(house.at["张先生的事"]).matter.customer_id
    assert who is not None
    return who


def forget(house: House, who: UUID) -> None:
    """They are erased by the manager, as the law lets them ask."""
    number = str(Customer.objects.get(id=who).number)
    house.do(erase_person, "顾", customer_id=who, reason="本人来信要求", sure=number)


def stands_in(word: str) -> list[str]:
    """The tables in which a word stands."""
    with connection.cursor() as cursor:
        found = []
        for table in TEXT:
            cursor.execute(f"select count(*) from {table} t where t::text like %s", [f"%{word}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


def findings(house: House) -> list[str]:
    """What the whole check finds."""
    found = [str(f) for line in check_site(house.site) for f in line.found]
    return [f for f in found if not f.startswith(("角色", "开门", "部门"))]


WORDS = ["张先生", "张三", ZHANG, "门口有狗", "先关总阀", "左耳不好"]


@pytest.mark.parametrize("word", WORDS)
def test_no_word_of_them_stands_anywhere(house: House, word: str) -> None:
    assert stands_in(word), "it was there before"
    forget(house, zhang(house))
    assert stands_in(word) == []


def test_the_journal_the_rules_and_the_file_still_bear_everything_out(house: House) -> None:
    who, other = zhang(house), DeskEvent.objects.get(event="investigate")
    forget(house, who)
    assert findings(house) == []
    assert list(Replayed(house.site).faults()) == []
    told = exported(house.site, date(2026, 11, 1), date(2026, 11, 30))
    assert told is not None
    assert "有些话已按本人要求删除，文件里写作“已删除”。" in told.remarks
    assert [e["reason"] for e in told.file["events"] if e["event"] == "decline"] == [  # type: ignore[attr-defined]
        "不归我们", "不归我们", "（已删除）",
    ]  # fmt: skip
    assert len(replay(told.file)["matters"]) == 3  # type: ignore[arg-type]
    other.refresh_from_db()
    assert other.words == {"note": "看了监控"}, "words about nobody of them stay"


def test_that_somebody_lived_there_stays_without_a_name_and_the_matter_goes_on(
    house: House,
) -> None:
    who, one = zhang(house), house.at["张先生的事"]
    home = Tenancy.objects.get(customer_id=who).home_id
    forget(house, who)
    browser = house.browser("苏")
    html = browser.get(reverse("desk:home", args=[home])).content.decode()
    assert "业主" in html
    assert "张三" not in html
    assert browser.get(reverse("desk:resident", args=[who])).status_code == 404
    page = browser.get(reverse("desk:matter", args=[one]), follow=True)
    assert page.status_code == 200
    assert "138****" not in page.content.decode()
    assert not house.finds("张三")
    assert not house.finds("8000")
    assert house.says("周", "accept", "张先生的事") == "周接手，苏仍负责答复住户。"
    assert findings(house) == []


def test_before_they_go_they_may_read_all_that_is_kept_of_them(house: House) -> None:
    told = {s.title: str(s.rows) for s in everything(house.site, zhang(house))}
    assert "3-2-1801" in told["房屋"]
    assert "左耳不好" in told["提醒"]
    for word in ("张先生", "门口有狗", "先关总阀", "张三家没人"):
        assert word in told["来电来访"]
    assert "张先生的事" in str(told)


# What the database itself keeps

KEPT = {
    "desk_deskoffice": "version = version + 1",
    "desk_deskevent": "because = '没事'",
    "desk_desknote": "at = at - interval '1 day'",
}
OTHER_WORDS = {"desk_deskevent": '\'{"reason": "别的"}\'', "desk_desknote": "'别的'"}


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, "no row to try it on"
    except DatabaseError as no:
        return "final" in str(no)
    return False


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("table", KEPT)
def test_what_happened_is_kept_even_where_triggers_are_told_to_sleep(
    house: House, table: str
) -> None:
    assert table in {guard.table for guard in GUARDS.triggers.values()}
    assert refused(f"set local session_replication_role = replica; update {table} set {KEPT[table]}")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = origin")
    assert refused(f"delete from {table}")


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("table", OTHER_WORDS)
def test_words_are_emptied_and_never_changed_or_put_back(house: House, table: str) -> None:
    with_words = f"from {table} where salt <> '' limit 1"
    one = f"where id = (select id {with_words})"
    assert refused(f"update {table} set words = {OTHER_WORDS[table]} {one}")
    forget(house, zhang(house))
    emptied = f"where id = (select id from {table} where salt = '' limit 1)"
    assert refused(f"update {table} set words = {OTHER_WORDS[table]}, salt = 'x' {emptied}")


# Words beside a matter


@pytest.mark.clause("SD-3.3")
@pytest.mark.parametrize(
    ("verb", "by", "words", "sentence"),
    [
        (remark, "苏", " ", "请写一句备注，或者加一张照片。"),
        (guide, "林", "  ", "请写一句要怎么办。"),
    ],
)
def test_an_empty_word_is_none(
    house: House, verb: Any, by: str, words: str, sentence: str
) -> None:  # fmt: skip
    before = house.whole()
    with pytest.raises(Refused) as no:
        house.do(verb, by, matter_id=house.at["张先生的事"], words=words)
    assert no.value.message == sentence
    assert house.whole() == before


@pytest.mark.clause("SD-3.3")
def test_whoever_owes_the_answer_hears_the_supervisor_and_nobody_guides_themselves(
    house: House,
) -> None:
    heard = {who: house.heard(who).count("guidance") for who in "苏叶林钱"}
    house.do(guide, "顾", matter_id=house.at["查过的投诉"], words="先道歉")
    assert {who: house.heard(who).count("guidance") for who in "苏叶林钱"} == {**heard, "苏": heard["苏"] + 1}  # fmt: skip
    own = house.record("林", home="9-1-101")
    with pytest.raises(Refused, match="这件事由您自己负责、自己经办。要记下来，请写备注。"):
        house.do(guide, "林", matter_id=own, words="快办")
    long = "长" * 1200
    house.do(remark, "苏", matter_id=own, words=long)
    assert len(DeskNote.objects.get(matter__matter_id=own).words) == 1000


# Homes, in whatever spelling, and who comes and goes


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    "spelling",
    ["4-1-101", "4栋1单元101", "4栋1单元101室", "4#1-101", "四栋一单元101", "4号楼1单元101", "４－１－１０１", "4幢1单元101号", " 4 - 1 - 101 "],
)  # fmt: skip
def test_every_spelling_finds_the_one_home_and_adds_no_second(house: House, spelling: str) -> None:
    homes = house.labels()
    with pytest.raises(Refused, match="4-1-101 已经有了，不用再加。"):
        house.home(spelling)
    assert house.labels() == homes
    (place,) = house.finds(spelling).places
    assert place.home == Home.objects.get(label="4-1-101", removed_at=None)


@pytest.mark.parametrize(
    "text", ["", " ", "1", "电梯口", "9-9-909", "13900000000", "%", "__", "' or 1=1"]
)
def test_what_is_nobodys_finds_nobody(house: House, text: str) -> None:
    assert not house.finds(text)


@pytest.mark.parametrize("text", ["王五", "五王", "wangwu", "ww", "13700137000", "7000", "4-1-101", "王五 4-1-101"])  # fmt: skip
def test_whoever_came_with_the_list_is_found_by_whatever_one_knows(house: House, text: str) -> None:
    found = house.finds(text)
    if text == "五王":
        assert not found
        return
    (place,) = found.places
    assert (place.home and place.home.label, [p.called for p in place.people]) == ("4-1-101", ["王五"])  # fmt: skip
    assert place.people[0].phone == "137****7000"


def test_a_tenant_of_yesterday_is_gone_today_and_of_today_still_there(house: House) -> None:
    home = house.home("7-1-101")
    day = house.now.date()
    for name, until in (("周一", day - timedelta(days=1)), ("周二", day)):
        who = house.moves_in(home, name, capacity="tenant", since=date(2026, 1, 1))
        house.do(
            doing.move_out, "苏", home_id=home, tenancies=(house.tenancy(who).id,), until=until
        )
    (place,) = house.finds("7-1-101").places
    assert [one.called for one in place.people] == ["周二"]
    (gone,) = house.finds("周一").places
    assert gone.home is None
    assert gone.people[0].was == (f"7-1-101 {day - timedelta(days=1)} 搬走",)


@pytest.mark.parametrize(
    ("verb", "told", "sentence"),
    [
        (doing.move_in, {"capacity": "guest", "name": "甲"}, "请选是业主、租户、家属还是公司租户。"),
        (doing.move_in, {"capacity": "owner", "name": " "}, "请写姓名；公司租的写公司名。"),
        (doing.move_in, {"capacity": "owner", "customer_id": UUID(int=7)}, "没有找到这位住户，请重新查找。"),
        (doing.move_in, {"capacity": "owner", "name": "张三", "phone": ZHANG}, "这位已经是 3-2-1801 的业主"),
        (doing.move_out, {"tenancies": (), "until": date(2026, 11, 23)}, "请勾选谁搬走；已经搬走的不用再记。"),
        (doing.change_home, {"home_id": UUID(int=7), "area": None, "delivery": "", "delivered_on": None},
         "没有这一户，可能刚被撤销。请刷新页面。"),
    ],
)  # fmt: skip
def test_what_cannot_be_of_a_home_is_refused_and_stores_nothing(
    house: House, verb: Any, told: dict[str, Any], sentence: str
) -> None:
    home = Home.objects.get(area__isnull=False)
    rows = (Tenancy.objects.count(), Customer.objects.count(), list(Home.objects.values()))
    with pytest.raises(Refused) as no:
        house.do(verb, "苏", **{"home_id": home.id, **told})
    assert sentence.replace("3-2-1801", home.label) in no.value.message
    assert (Tenancy.objects.count(), Customer.objects.count(), list(Home.objects.values())) == rows


def test_a_list_taken_back_leaves_no_home_no_person_and_a_report_that_says_so(
    house: House,
) -> None:
    homes, people = house.labels(), Customer.objects.filter(erased_at=None).count()
    run = house.take(house.bring(("6-1-101", "钱六", "13500135000"), ("6-1-102", "钱六", "13500135000")))  # fmt: skip
    assert len(house.labels()) == len(homes) + 2
    assert [p.home and p.home.label for p in house.finds("钱六").places] == ["6-1-101", "6-1-102"]
    house.undo(run)
    assert house.labels() == homes
    assert not house.finds("钱六")
    assert set(ImportRow.objects.filter(of=run).values_list("kept_why", flat=True)) == {""}
    assert ResidentNote.objects.count() == 2
    assert people == Customer.objects.filter(erased_at=None).exclude(id__in=gone(run)).count()
    assert house.unborne() == []


def gone(run: Any) -> list[UUID]:
    """The cards that a list made."""
    rows = ImportRow.objects.filter(of=run)
    return [UUID(one) for row in rows for one in (row.meant or {}).get("cards", ())]
