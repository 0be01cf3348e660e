"""A damage is linked with the visitor who did it: chosen from who is or was here, and let go with their card."""

import pytest

from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.duty.actions import lines, visits
from yingbin.duty.actions.lines import Details
from yingbin.duty.models import ShowVisit
from yingbin.duty.queries.lines import asides
from yingbin.duty.queries.visitors import visitors_today
from yingbin.matters.models import Matter
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.rules.decision import Refused

from .beside import Beside
from .doors import enter, here, shown
from .flat import Flat
from .test_visits import WANG, come_in, faults

pytestmark = pytest.mark.clause("SF-4.3.4", "SC-4.3.3")


@pytest.fixture
def guests(desk: Flat) -> tuple[Flat, ShowVisit, ShowVisit]:
    """王建国 is inside with a child; a family without a name has left."""
    desk.now = desk.at("10:00")
    wang, family = come_in(desk), come_in(desk, 4, been=True)
    desk.do(visits.tell_guests, "叶", visit_id=wang.id, size=2, been=False, **WANG)
    desk.do(visits.guests_out, "叶", visit_id=family.id)
    return desk, wang, family


def broke(flat: Flat, visit: ShowVisit | None, by: str = "叶") -> Matter:
    details = Details(cause="child", present="王建国和孩子", visit=visit.id if visit else None)
    told = {"kind": "damage", "post": flat.post, "title": "花瓶碎了", "details": details}
    return Matter.objects.get(id=flat.do(lines.open_line, by, **told).matter)


def beside(flat: Flat, matter: Matter, who: str = "许") -> dict[str, str]:
    held = badge(Staff.objects.get(id=flat.people[who]), flat.site, flat.now)
    return {one.title: one.words for one in asides(held, matter)}


def test_whoever_is_inside_is_offered_first_and_no_number_is_shown(
    guests: tuple[Flat, ShowVisit, ShowVisit],
) -> None:
    flat, wang, family = guests
    assert [(v.visit, v.words) for v in visitors_today(flat.site, flat.now)] == [
        (wang.id, "第 1 批 王建国，10:00 来，2 人，在里面"),
        (family.id, "第 2 批，10:00 来，4 人"),
    ]
    page = shown(enter(flat, "叶"), here(flat, "line/damage/"))
    assert "王建国，10:00 来" in page
    assert "1381234" not in page
    assert "哪批客人" not in shown(enter(flat, "秦"), here(flat, "line/damage/"))


def test_the_damage_is_about_the_customer_of_that_visit(
    guests: tuple[Flat, ShowVisit, ShowVisit],
) -> None:
    flat, wang, _ = guests
    told = {
        "key": "a", "kind": "damage", "post": str(flat.post), "title": "花瓶碎了", "cause": "child",
        "visit": str(wang.id),
    }  # fmt: skip
    assert enter(flat, "叶").post(here(flat, "line/damage/"), told).status_code == 302
    matter, card = Matter.objects.get(kind="damage"), Customer.objects.get()
    assert matter.customer_id == card.id
    assert beside(flat, matter)["哪批客人"] == "11月23日第 1 批 王建国"
    assert faults(flat) == []


def test_erasing_the_customer_ends_the_link_and_leaves_the_damage(
    guests: tuple[Flat, ShowVisit, ShowVisit],
) -> None:
    flat, wang, _ = guests
    matter, card = broke(flat, wang), Customer.objects.get()
    told = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    flat.do(erase_person, "许", **told)
    matter.refresh_from_db()
    said = beside(flat, matter)
    assert said["哪批客人"] == "11月23日第 1 批"
    assert "王建国" not in str(said)
    assert matter.closed_at is None
    assert faults(flat) == []


def test_a_group_without_a_name_is_linked_by_its_visit_alone(
    guests: tuple[Flat, ShowVisit, ShowVisit],
) -> None:
    flat, _, family = guests
    matter = broke(flat, family)
    assert matter.customer_id is None
    assert beside(flat, matter)["哪批客人"] == "11月23日第 2 批"


@pytest.mark.parametrize("of", ["another day", "another place", "nobody"])
def test_whoever_was_not_here_today_is_refused_at_the_field(
    guests: tuple[Flat, ShowVisit, ShowVisit], of: str
) -> None:
    flat, _, family = guests
    if of == "another day":
        ShowVisit.objects.filter(id=family.id).update(day="2026-11-20")
    elif of == "another place":
        ShowVisit.objects.filter(id=family.id).update(site=Flat().place)
    else:
        ShowVisit.objects.filter(id=family.id).delete()
    with pytest.raises(Refused, match="重新选") as no:
        broke(flat, family)
    assert no.value.about == "visit"


def test_at_a_sales_centre_they_are_the_gallery_s_customers_of_today(flat: Flat) -> None:
    hall = Beside(flat)
    visit = hall.arrive(name="张三", phone="13900003333")
    found = visitors_today(hall.site, flat.now)
    assert [(one.visit, one.customer) for one in found] == [(visit.id, visit.customer_id)]
    assert "张三" in found[0].words
