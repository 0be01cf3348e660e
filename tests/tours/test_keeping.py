"""What is known of visitors goes when the place has kept it long enough: previewed, by somebody, and the journal still verifies."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from tests.customers.office import as_
from tests.force import unguarded
from yingbin.customers.models import Customer
from yingbin.journal.models import Entry
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.tours.actions import guests as acts
from yingbin.tours.actions.clearing import Clearing, clear_visits
from yingbin.tours.guest_lines import GuestLine
from yingbin.tours.links import digest_of
from yingbin.tours.models import TourEvent, TourGuest, TourVisit, VisitClearing
from yingbin.tours.queries.keeping import due, going

from .headquarters import Headquarters

SECRET = "a-secret-that-only-they-have-2222222"
PAGE = "/s/zongbu/tours/keeping/"


def lived(house: Headquarters) -> None:
    """Two visits long ago with their lists, one of them by somebody who comes again; half a year goes by; one of now."""
    one = house.approved(
        "important", day=1, hour=14, words={"wants": "自动线"}, phone="13800138001"
    )
    TourVisit.objects.filter(id=one).update(key_digest=digest_of(SECRET))
    told = (GuestLine("周岚", "+8613800138009"), GuestLine("李小禾", minor=True, care_of="李梅"))
    house.do(acts.keep_list, "江", visit_id=one, guests=told, seen=0)
    two = house.apply("institution", day=8, areas=("plant",), contact="方老师", phone="13800138002")
    house.act("江", "area", two, area="plant", answer="refused", reason="方老师，那天检修")
    house.act("", "withdraw", two)
    house.clock(days=190)
    house.apply("important", day=8, contact="方老师", phone="13800138002")


def visit(number: int) -> TourVisit:
    return TourVisit.objects.get(number=number, year=2026)


def old(house: Headquarters) -> tuple[UUID, ...]:
    """The visits that are due."""
    return tuple(row.id for row in due(house.site, house.now))


def clear(house: Headquarters, *visits: UUID) -> Clearing:
    done: Clearing = house.do(clear_visits, "白", visits=visits or old(house))
    return done


def words_left(visits: tuple[UUID, ...]) -> list[str]:
    """Everything that still names somebody of these visits."""
    rows = TourVisit.objects.filter(id__in=visits)
    left = [
        word for row in rows for word in (row.visitor, row.contact, row.salt, *row.words.values())
    ]
    left += [str(log.words) for log in TourEvent.objects.filter(visit__in=visits).exclude(words={})]
    left += [
        word for one in TourGuest.objects.filter(visit__in=visits) for word in one.words.values()
    ]
    return [word for word in left if word]


@pytest.mark.clause("CV-4.2")
def test_what_was_kept_long_enough_names_nobody_any_more_and_the_journal_verifies(
    kept: Headquarters,
) -> None:
    visits = old(kept)
    assert visits == (visit(1).id, visit(2).id)
    assert words_left(visits)
    stood = [
        (row.status, row.headcount, row.starts_at) for row in TourVisit.objects.order_by("seq")
    ]
    assert clear(kept) == Clearing(2, 2, 1)
    assert words_left(visits) == []
    assert [
        (r.status, r.headcount, r.starts_at) for r in TourVisit.objects.order_by("seq")
    ] == stood
    assert kept.faults() == [], "journal, rows and replay are still one"
    assert old(kept) == ()


def test_a_card_goes_with_its_last_visit_and_stays_with_one_that_goes_on(
    kept: Headquarters,
) -> None:
    first, second = visit(1).customer_id, visit(2).customer_id
    clear(kept)
    gone = set(Customer.objects.exclude(erased_at=None).values_list("id", flat=True))
    assert gone == {first}
    last = TourVisit.objects.latest("seq")
    assert (last.customer_id, last.contact) == (second, "方老师"), (
        "who comes again keeps their words there"
    )


def test_the_preview_says_what_would_go_and_nothing_goes_by_looking(kept: Headquarters) -> None:
    lines = {
        one.row.number: one for one in going(kept.site, list(due(kept.site, kept.now)), kept.now)
    }
    assert (lines[1].contact, lines[1].guests, lines[1].card) == ("许**", 2, True)
    assert (lines[2].guests, lines[2].card) == (0, False)
    assert lines[2].words >= 2, "who applied, and why an area was refused"
    html = as_(kept, "白").get(PAGE).content.decode()
    assert "名单 2 位" in html
    assert "客户卡片一起删除" in html
    for word in ("许文博", "周岚", "13800138001"):
        assert word not in html
    assert len(words_left(old(kept))) > 5


def test_somebody_clears_what_is_ticked_and_it_is_known_who(kept: Headquarters) -> None:
    browser, one = as_(kept, "白"), visit(1).id
    answer = browser.post(PAGE, {"key": "c1", "visits": [str(one)]})
    assert answer.status_code == 422
    assert "不能恢复" in answer.content.decode()
    assert browser.post(PAGE, {"key": "c2", "visits": [str(one)], "sure": "on"}).status_code == 302
    assert "白清除了 1 次来访" in browser.get(PAGE).content.decode()
    assert old(kept) == (visit(2).id,)
    row = VisitClearing.objects.get()
    assert (row.by, row.days, row.version) == (kept.id("白"), 180, 0)


@pytest.mark.parametrize("who", "江韩孟严")
def test_nobody_clears_but_who_erases_customers(kept: Headquarters, who: str) -> None:
    assert as_(kept, who).get(PAGE).status_code == 403


def test_the_place_decides_how_long_and_each_version_is_signed(kept: Headquarters) -> None:
    kept.do(set_policy, "何", name="tours.keeping", values={"days": 400}, reason="法务意见")
    assert old(kept) == ()
    kept.do(set_policy, "何", name="tours.keeping", values={"days": 30}, reason="新规定")
    assert len(old(kept)) == 2
    clear(kept)
    assert VisitClearing.objects.values_list("days", "version").get() == (30, 2)


def test_what_is_not_due_or_of_another_place_is_not_cleared(kept: Headquarters) -> None:
    for wrong in ((TourVisit.objects.latest("seq").id,), (UUID(int=7),)):
        with pytest.raises(Refused, match="还没到保存期限"):
            clear(kept, *wrong)
    with pytest.raises(Refused, match="勾选"):
        kept.do(clear_visits, "白", visits=())
    clear(kept)
    with pytest.raises(Refused, match="已经清除过"):
        clear(kept, visit(1).id)


def test_a_private_link_dies_with_what_it_showed(kept: Headquarters) -> None:
    link = f"/visit/zongbu/{SECRET}/"
    assert Client().get(link).status_code == 200
    clear(kept)
    assert Client().get(link).status_code == 404


def test_the_journal_says_which_visits_and_names_nobody(kept: Headquarters) -> None:
    clear(kept)
    body = Entry.objects.get(kind="tours.cleared").body
    assert set(body["erased_rows"]) == {str(visit(1).id), str(visit(2).id)}
    assert not Entry.objects.filter(
        Q(body__icontains="周岚") | Q(body__icontains="方老师")
    ).exists()


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update tours_visitclearing set visits = 9", "：几次来访和"),
        ("update tours_visitclearing set days = 9", "：保存几天和"),
        ("delete from tours_visitclearing", "库里没有了"),
        ("update tours_tourvisit set contact = '谁' where number = 1", "却又有了"),
    ],
)
def test_what_was_forged_about_a_clearing_is_found(kept: Headquarters, sql: str, said: str) -> None:
    clear(kept)
    unguarded(sql)
    assert [one for one in kept.faults() if said in one]


def test_words_emptied_without_a_clearing_are_found(kept: Headquarters) -> None:
    unguarded(
        "update tours_tourvisit set visitor = '', contact = '', words = '{}', salt = '' where number = 1"
    )
    assert [one for one in kept.faults() if "没有删除的记录" in one]


def test_the_days_are_counted_from_the_end_of_the_visit(kept: Headquarters) -> None:
    row = visit(1)
    just = row.ends_at + timedelta(days=180)
    assert row not in due(kept.site, just)
    assert row in due(kept.site, just + timedelta(seconds=1))
    assert reverse("tours:keeping").endswith("/tours/keeping/")
