"""One box: who it is, which home, what is still open there first, for whoever may see it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.residence import Residence
from yingbin.customers.actions import merge
from yingbin.desk.actions import estate as doing
from yingbin.desk.finding import finds
from yingbin.desk.queries.estate import place_of
from yingbin.desk.queries.onebox import Found

ZHANG, LI = "13800138821", "13900139000"


def labels(found: Found) -> list[str]:
    """The homes that were found, "" for a person without one."""
    return [place.home.label if place.home else "" for place in found.places]


@pytest.fixture
def street(residence: Residence) -> Residence:
    """张建平 has three homes, 李四 rents one of them, 王五 is next door."""
    homes = [residence.home(one) for one in ("3-2-1801", "3-2-1802", "5-1-1801", "3-2-1803")]
    for home in homes[:3]:
        residence.moves_in(home, "张建平", ZHANG)
    residence.moves_in(homes[0], "李四", LI, capacity="tenant")
    residence.moves_in(homes[3], "王五", "13700137000")
    residence.homes = dict(zip(("1801", "1802", "5", "1803"), homes, strict=True))  # type: ignore[attr-defined]
    return residence


ASKED = [
    *((text, ["3-2-1801", "3-2-1802", "5-1-1801"]) for text in ("8821", ZHANG, "张建平", "zhangjianping", "zjp", "张")),
    *((text, ["3-2-1801"]) for text in ("3-2-1801", "3栋2单元1801", "三号楼二单元1801室", "321801", "李四", "张建平 3-2-1801", "1801 李四")),
    ("1801", ["3-2-1801", "5-1-1801"]),
    ("3-2-18", ["3-2-1801", "3-2-1802", "3-2-1803"]),
    ("3栋", ["3-2-1801", "3-2-1802", "3-2-1803"]),
    ("3-2-1804", []), ("赵六", []), ("9999", []), ("", []), ("1", []),
]  # fmt: skip


@pytest.mark.clause("SD-4.1")
def test_whatever_one_knows_of_somebody_finds_their_homes(street: Residence) -> None:
    for text, homes in ASKED:
        assert labels(street.finds(text)) == homes, text


@pytest.mark.clause("SD-4.1")
def test_what_is_open_in_a_home_stands_first_and_before_what_is_over(street: Residence) -> None:
    home = street.homes["5"]  # type: ignore[attr-defined]
    done = street.calls(home, "上周漏水")
    street.act("苏", "cancel", done, reason="withdrawn")
    street.calls(home, "电梯又停了")
    found = street.finds("张建平")
    assert labels(found) == ["5-1-1801", "3-2-1801", "3-2-1802"]
    first = found.places[0]
    assert [line.title for line in first.open] == ["电梯又停了"]
    assert [line.title for line in first.last] == ["上周漏水"]
    assert (first.open[0].who, first.more) == ("苏", 0)
    assert labels(street.finds("1801"))[0] == "5-1-1801"


def test_of_many_open_matters_the_rest_is_counted(street: Residence) -> None:
    home = street.homes["1803"]  # type: ignore[attr-defined]
    for n in range(7):
        street.calls(home, f"第 {n} 件", subject=("water", "door")[n % 2])
    (place,) = street.finds("王五").places
    assert (len(place.open), place.more) == (5, 2)


def test_a_tenant_who_moved_out_yesterday_is_known_with_where_they_lived(street: Residence) -> None:
    home = street.homes["1801"]  # type: ignore[attr-defined]
    one = next(t for t in _tenancies(home) if t.capacity == "tenant")
    yesterday = street.now.date() - timedelta(days=1)
    street.do(doing.move_out, "苏", home_id=home, tenancies=(one.id,), until=yesterday)
    (place,) = street.finds("李四").places
    assert place.home is None
    assert place.people[0].was == ("3-2-1801 2026-11-22 搬走",)
    assert [p.called for p in street.finds("3-2-1801").places[0].people] == ["张建平"]


def _tenancies(home: object) -> list[doing.Tenancy]:
    return list(doing.Tenancy.objects.filter(home_id=home))


def test_two_cards_that_were_joined_are_one_person_with_both_homes(street: Residence) -> None:
    other = street.moves_in(street.homes["1803"], "张建萍", "13700137001")  # type: ignore[attr-defined]
    zhang = street.finds(ZHANG).places[0].people[0].id
    street.do(merge, "顾", into_id=zhang, source_id=other, why="同一人，写错了名字")
    assert "3-2-1803" in labels(street.finds(ZHANG))


def test_matters_are_for_those_who_see_the_desks(street: Residence) -> None:
    street.calls(street.homes["1803"], "漏水")  # type: ignore[attr-defined]
    for who, places, matters in (("苏", 1, 1), ("林", 1, 1), ("石", 1, 0), ("钱", 0, 0)):
        found = street.finds("王五", by=who)
        assert (len(found.places), sum(len(p.open) for p in found.places)) == (places, matters), who


def test_the_number_of_questions_does_not_grow(street: Residence) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert street.finds("张建平")
        return len(asked)

    few = asks()
    for home in street.homes.values():  # type: ignore[attr-defined]
        for n in range(4):
            street.calls(home, f"第 {n} 件", subject=("water", "door")[n % 2])
            street.moves_in(home, f"客人{n}", capacity="family")
    assert asks() <= few + 3  # matters, and the names of whoever has them


def test_the_page_and_the_piece_of_it_show_no_whole_number(street: Residence) -> None:
    desk = street.browser("苏")
    for page in ("desk:find", "desk:found"):
        html = desk.post(reverse(page), {"q": "8821"}).content.decode()
        assert "138****8821" in html
        assert ZHANG not in html
        assert reverse("desk:home", args=[street.homes["5"]]) in html  # type: ignore[attr-defined]
    assert "没有找到" in desk.post(reverse("desk:found"), {"q": "赵六"}).content.decode()
    assert "输入就查" in desk.get(reverse("desk:find")).content.decode()


def test_a_form_that_picks_gets_choices_and_a_guard_no_links(street: Residence) -> None:
    asked = {"q": "王五", "picks": "1"}
    html = street.browser("苏").post(reverse("desk:found"), asked).content.decode()
    home, who = street.homes["1803"], street.finds("王五").places[0].people[0].id  # type: ignore[attr-defined]
    assert f'name="pick" value="{home}|{who}"' in html
    assert f'name="pick" value="{home}|"' in html
    plain = street.browser("石").post(reverse("desk:found"), {"q": "王五"}).content.decode()
    assert "王五" in plain
    assert "<a " not in plain


def test_a_place_in_words_is_the_home_it_means(street: Residence) -> None:
    for words, label in (
        ("3栋2单元1801", "3-2-1801"),
        ("北门岗亭", "北门岗亭"),
        ("3-2-1999", "3-2-1999"),
    ):
        place = place_of(street.site, words)
        assert place.words == label
        assert (place.home_id is not None) == (label == "3-2-1801")


def test_the_search_everywhere_finds_homes_and_who_left(street: Residence) -> None:
    home = street.homes["1803"]  # type: ignore[attr-defined]
    (hit,) = finds(street.badge("苏"), "王五", street.now)
    assert (hit.title, hit.link) == ("3-2-1803", reverse("desk:home", args=[home]))
    rows = tuple(one.id for one in _tenancies(home))
    street.do(doing.move_out, "苏", home_id=home, tenancies=rows, until=date(2026, 11, 20))
    assert [hit.title for hit in finds(street.badge("苏"), "王五", street.now)] == ["王五"]
    assert finds(street.badge("石"), "王五", street.now) == []
