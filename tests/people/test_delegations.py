"""TQ-11: the manager hands supervision to a named person, recorded, for a time, with a reason."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import cast
from yingbin.journal.commit import salted
from yingbin.journal.models import Entry
from yingbin.people import actions, queries
from yingbin.people.actions.delegations import NewDelegation
from yingbin.people.models import Company, Delegation, Site
from yingbin.rules.decision import Refused

from .conftest import Act, sign_in

pytestmark = pytest.mark.clause("TQ-11")
REASON = "去总部开会"


def hand_over(act: Act, by: str = "郑岚", to: str = "许诺", **told: Any) -> NewDelegation:
    told.setdefault("reason", REASON)
    at: datetime = told.get("at", cast.SATURDAY)
    told.setdefault("until", at + timedelta(hours=4))
    return act(
        actions.delegate,
        by,
        to=cast.person(to).id,
        at=at,
        **{k: v for k, v in told.items() if k != "at"},
    )


def supervises(name: str, at: datetime) -> bool:
    return queries.may(cast.person(name), "turns.supervise", cast.hupan().id, at)


def test_the_delegate_supervises_until_the_hour_named(act: Act) -> None:
    assert not supervises("许诺", cast.SATURDAY)
    hand_over(act)
    assert supervises("许诺", cast.SATURDAY)
    assert supervises("许诺", cast.SATURDAY + timedelta(hours=3, minutes=59))
    assert not supervises("许诺", cast.SATURDAY + timedelta(hours=4))


def test_the_delegate_is_told_of_what_concerns_supervisors(act: Act, hupan: Site) -> None:
    hand_over(act)
    names = {s.name for s in queries.supervisors(hupan.id, cast.SATURDAY)}
    assert names == {"郑岚", "许诺"}


def test_it_stands_in_the_journal_with_its_reason_sealed(act: Act, hupan: Site) -> None:
    done = hand_over(act)
    entry = Entry.objects.get(site_id=hupan.id, kind="delegation.given")
    row = Delegation.objects.get()
    assert (entry.receipt, entry.clause) == (done.receipt, "TQ-11")
    assert row.receipt == entry.receipt
    assert REASON not in str(entry.body)
    assert entry.body["reason"] == salted(REASON, row.salt)


def test_it_can_be_taken_back_at_once(act: Act, hupan: Site) -> None:
    done = hand_over(act)
    later = cast.SATURDAY + timedelta(hours=1)
    act(actions.revoke_delegation, "郑岚", at=later, delegation_id=done.delegation)
    assert not supervises("许诺", later)
    told = Entry.objects.filter(site_id=hupan.id).order_by("seq")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["delegation.given", "delegation.revoked"]
    with pytest.raises(Refused, match="已经结束"):
        act(actions.revoke_delegation, "郑岚", at=later, delegation_id=done.delegation)


def test_a_delegate_does_not_delegate_further(act: Act) -> None:
    hand_over(act)
    with pytest.raises(Refused, match="只有销售经理"):
        hand_over(act, by="许诺", to="林悦")


@pytest.mark.parametrize("by", ["许诺", "苏晴", "林悦", "顾北", "秦明"])
def test_nobody_but_the_sales_manager_delegates(act: Act, by: str) -> None:
    with pytest.raises(Refused, match="只有销售经理"):
        hand_over(act, by=by, to="叶小满")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"reason": "  "}, "为什么"),
        ({"until": cast.SATURDAY}, "晚于现在"),
        ({"until": cast.SATURDAY + timedelta(days=32)}, "最长 31 天"),
        ({"to": "郑岚"}, "只能授权给"),
        ({"to": "案场大屏"}, "只能授权给"),
    ],
)
def test_what_makes_no_delegation_is_refused_by_the_clause(
    act: Act, told: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why) as no:
        hand_over(act, **told)
    assert no.value.clause == "TQ-11"
    assert not Delegation.objects.exists()


def test_the_same_person_is_not_delegated_twice_at_once(act: Act) -> None:
    hand_over(act)
    with pytest.raises(Refused, match="已经是代管人"):
        hand_over(act)


def test_whoever_leaves_is_no_delegate_any_more(act: Act) -> None:
    hand_over(act)
    at = cast.SATURDAY + timedelta(hours=1)
    act(actions.staff_leaves, "郑岚", at=at, staff_id=cast.person("许诺").id)
    assert Delegation.objects.get().revoked_at == at


def test_the_page_hands_over_and_takes_back(hupan: Site) -> None:
    Company.objects.update(is_demo=True)
    client = sign_in("郑岚")
    page = client.get("/delegations/")
    until = (cast.datetime.now(cast.ZONE) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    told = {"to": str(cast.person("许诺").id), "until": until, "reason": REASON, "key": "k"}
    assert page.status_code == 200
    assert client.post("/delegations/", told).url == "/delegations/"
    row = Delegation.objects.get()
    assert row.receipt in client.get("/delegations/").content.decode()
    client.post(f"/delegations/{row.id}/revoke/")
    row.refresh_from_db()
    assert row.revoked_by == cast.person("郑岚")


def test_the_page_keeps_what_was_typed_when_it_is_refused(hupan: Site) -> None:
    Company.objects.update(is_demo=True)
    client = sign_in("郑岚")
    told = {"to": str(cast.person("许诺").id), "until": "2020-01-01T10:00", "reason": REASON}
    answer = client.post("/delegations/", told)
    assert answer.status_code == 422
    assert REASON in answer.content.decode()
    assert "晚于现在" in answer.content.decode()


@pytest.mark.parametrize("name", ["苏晴", "林悦", "顾北"])
def test_others_dont_see_the_page(hupan: Site, name: str) -> None:
    Company.objects.update(is_demo=True)
    assert sign_in(name).get("/delegations/").status_code == 403
