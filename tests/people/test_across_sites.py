"""Nobody is taken over from another site: every action about a person, as managers of elsewhere."""

import inspect
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from yingbin.journal.action import Acting
from yingbin.journal.models import Entry
from yingbin.people import actions, queries, urls
from yingbin.people.models import Assignment, Company, Delegation, RoleOffer, Site, Staff
from yingbin.rules.decision import Refused

from .conftest import Act, sign_in

pytestmark = pytest.mark.django_db

# What a person does about themself: pages give them the signed-in person's own id, and no other.
OF_ONESELF = {
    "change_password",
    "check_pin",
    "check_second_factor",
    "clear_pin_failures",
    "end_session",
    "end_sessions",
    "first_password",
    "new_recovery_codes",
    "remove_second_factor",
    "set_pin",
    "set_up_second_factor",
}
ABOUT_ANOTHER = {
    name: action
    for name in actions.__all__
    if "staff_id" in inspect.signature(action := getattr(actions, name)).parameters
    and name not in OF_ONESELF
}
# What a site may do with its own role of someone who works elsewhere too.
OF_THE_ROLE_HERE = {"assign_role", "end_role", "bring_in"}
MORE: dict[str, Any] = {
    "role": "salesperson",
    "name": "别人",
    "phone": "13900001234",
    "email": "",
}


@pytest.fixture
def shanding(act: Act, hupan: Site) -> Site:
    """山顶雅居, a second gallery, whose manager is 许诺."""
    site = Site.objects.create(
        kind="sales_centre", code="shanding", name="山顶雅居", short_name="山顶"
    )
    xunuo = cast.person("许诺")
    Assignment.objects.filter(staff=xunuo).update(until=cast.SATURDAY)
    Assignment.objects.create(
        site=site, staff=xunuo, role="sales_manager", since=cast.SATURDAY, given_by="test"
    )
    return site


def arguments(action: Any) -> dict[str, inspect.Parameter]:
    """What an action asks for besides who does it."""
    asked = dict(inspect.signature(action).parameters)
    assert {"pen", "acting"} & set(asked), f"{action.__name__} doesn't ask who does it and where"
    return {n: p for n, p in asked.items() if n not in ("pen", "acting")}


def wants(action: Any, **given: Any) -> dict[str, Any]:
    """What an action asks for, out of what is given and harmless values for the rest."""
    asked = arguments(action)
    told = {k: v for k, v in MORE.items() if k in asked} | given
    missing = {n for n, p in asked.items() if p.default is p.empty} - told.keys()
    assert not missing, f"{action.__name__} asks for {missing}: give it a value in MORE"
    return told


def state(staff_id: UUID) -> tuple[Any, ...]:
    held = Assignment.objects.filter(staff_id=staff_id).order_by("id").values_list()
    return Staff.objects.values_list().get(id=staff_id), list(held)


def refused(action: Any, staff_id: UUID, *, by: UUID, at: datetime, site_id: UUID) -> bool:
    before = state(staff_id)
    try:
        action(Acting(site_id, str(uuid4()), by, at), **wants(action, staff_id=staff_id))
    except Refused:
        assert state(staff_id) == before
        return True
    return False


def test_the_walk_knows_every_action_about_a_person() -> None:
    assert {"change_person", "reset_password", "reset_second_factor", "staff_leaves"} <= set(
        ABOUT_ANOTHER
    )
    for name in OF_ONESELF:
        asked = set(inspect.signature(getattr(actions, name)).parameters)
        assert not {"pen", "acting", "by"} & asked, name
    for action in ABOUT_ANOTHER.values():
        assert "staff_id" in arguments(action)


@pytest.mark.parametrize("name", ABOUT_ANOTHER)
def test_the_manager_of_another_site_does_nothing_to_people_of_this_one(
    name: str, shanding: Site, hupan: Site, now: datetime
) -> None:
    action, xunuo, linyue = ABOUT_ANOTHER[name], cast.person("许诺").id, cast.person("林悦").id
    assert refused(action, linyue, by=xunuo, at=now, site_id=hupan.id)
    if name == "bring_in":  # an offer changes nothing about the person
        before = state(linyue)
        action(Acting(shanding.id, "k", xunuo, now), **wants(action, staff_id=linyue))
        assert state(linyue) == before
    else:
        assert refused(action, linyue, by=xunuo, at=now, site_id=shanding.id)


@pytest.mark.parametrize("name", ABOUT_ANOTHER)
def test_whoever_works_at_two_sites_is_touched_by_neither_manager(
    name: str, act: Act, shanding: Site, hupan: Site, now: datetime
) -> None:
    linyue = cast.person("林悦").id
    act(actions.assign_role, "顾北", site_id=shanding.id, staff_id=linyue, role="receptionist")
    for manager, site in (("许诺", shanding), ("郑岚", hupan)):
        done = refused(
            ABOUT_ANOTHER[name], linyue, by=cast.person(manager).id, at=now, site_id=site.id
        )
        assert done or name in OF_THE_ROLE_HERE, (manager, name)


@pytest.mark.parametrize("name", ABOUT_ANOTHER)
def test_whoever_works_here_alone_is_in_the_hands_of_the_manager_here(
    name: str, hupan: Site, now: datetime
) -> None:
    """The control of the two above: the same calls go through where they should."""
    linyue = cast.person("林悦").id
    if name == "staff_returns":
        manager = Acting(hupan.id, "leave", cast.person("郑岚").id, now)
        actions.staff_leaves(manager, staff_id=linyue)
    by = cast.person("郑岚").id
    assert not refused(ABOUT_ANOTHER[name], linyue, by=by, at=now, site_id=hupan.id)


def test_a_leaver_of_two_sites_comes_back_by_the_administrator_alone(
    act: Act, shanding: Site, now: datetime
) -> None:
    linyue = cast.person("林悦").id
    act(actions.assign_role, "顾北", site_id=shanding.id, staff_id=linyue, role="receptionist")
    act(actions.staff_leaves, "顾北", staff_id=linyue, at=now)
    with pytest.raises(Refused, match="不在本项目"):
        act(actions.staff_returns, "郑岚", staff_id=linyue, role="salesperson")
    act(actions.staff_returns, "顾北", staff_id=linyue, role="salesperson")


@pytest.fixture
def xunuo(shanding: Site) -> Client:
    """The browser of 山顶雅居's manager, in a company that waives the second factor."""
    Company.objects.update(managers_need_second_factor=False)
    return sign_in("许诺")


def test_a_transfer_waits_for_the_persons_own_yes(
    xunuo: Client, shanding: Site, hupan: Site, now: datetime
) -> None:
    linyue = cast.person("林悦")
    answer = xunuo.post("/staff/transfer/", {"who": "linyue", "role": "salesperson"}, follow=True)
    page = answer.content.decode()
    assert "同意后，角色才生效" in page
    assert "linyue" in page
    assert "林悦" not in page, "a name of another site is not told"
    assert not queries.may(linyue, "turns.take", shanding.id, now)
    assert xunuo.get(f"/staff/{linyue.id}/").status_code == 404

    hers = sign_in("林悦")
    assert "请您到山顶雅居任置业顾问" in hers.get("/me/").content.decode()
    (offer,) = RoleOffer.objects.all()
    hers.post(f"/me/offer/{offer.id}/", {"answer": "yes", "key": "y"})
    assert queries.may(linyue, "turns.take", shanding.id, datetime.now(cast.ZONE))
    kinds = Entry.objects.filter(site_id=shanding.id).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["role.offered", "role.answered", "role.given"]
    assert "请您到" not in hers.get("/me/").content.decode()
    assert xunuo.post(f"/staff/{linyue.id}/password/").status_code == 302
    linyue.refresh_from_db()
    assert not linyue.must_change_password, "consent gives a role, not the account"


def test_a_no_to_a_transfer_gives_nothing(xunuo: Client, shanding: Site) -> None:
    xunuo.post("/staff/transfer/", {"who": "linyue", "role": "salesperson"})
    (offer,) = RoleOffer.objects.all()
    sign_in("林悦").post(f"/me/offer/{offer.id}/", {"answer": "no"})
    assert not Assignment.objects.filter(site=shanding, staff=cast.person("林悦")).exists()
    late = Acting(shanding.id, "late", cast.person("林悦").id, datetime.now(cast.ZONE))
    with pytest.raises(Refused, match="处理过了"):
        actions.answer_offer(late, offer_id=offer.id, accepts=True)


def test_nobody_answers_for_another_and_not_by_a_pin(xunuo: Client, shanding: Site) -> None:
    xunuo.post("/staff/transfer/", {"who": "linyue", "role": "salesperson"})
    (offer,) = RoleOffer.objects.all()
    for other in (xunuo, sign_in("苏晴")):
        other.post(f"/me/offer/{offer.id}/", {"answer": "yes"})
    offer.refresh_from_db()
    assert offer.answered_at is None
    by_pin = sign_in("林悦")
    session = by_pin.session
    session["signed_in_by"] = "pin"
    session.save()
    assert by_pin.post(f"/me/offer/{offer.id}/", {"answer": "yes"}).status_code == 403


def test_an_offer_lapses_with_its_givers_role(xunuo: Client, shanding: Site) -> None:
    xunuo.post("/staff/transfer/", {"who": "linyue", "role": "salesperson"})
    Assignment.objects.filter(site=shanding).update(until=datetime.now(cast.ZONE))
    (offer,) = RoleOffer.objects.all()
    sign_in("林悦").post(f"/me/offer/{offer.id}/", {"answer": "yes"})
    assert not Assignment.objects.filter(site=shanding, staff=cast.person("林悦")).exists()


ABOUT_A_PERSON = [p.name for p in urls.urlpatterns if "staff_id" in str(p.pattern)]


@pytest.mark.parametrize("page", ABOUT_A_PERSON)
def test_pages_about_people_of_another_site_do_not_exist(
    page: str, xunuo: Client, hupan: Site
) -> None:
    linyue = cast.person("林悦").id
    before = state(linyue)
    address = reverse(f"people:{page}", args=[linyue])
    told = MORE | {"key": "k", "roles": ["salesperson"], "pin": cast.PIN}
    assert xunuo.get(address).status_code in (302, 403, 404, 405)
    assert xunuo.post(address, told).status_code in (302, 403, 404)
    assert state(linyue) == before
    assert not Delegation.objects.exists()
