"""Keys of devices: never more than the person they act as, and only until they are taken out of use."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import RequestFactory

from tests import cast
from yingbin.people import actions
from yingbin.people.actions.tokens import make_token, revoke_token
from yingbin.people.bearing import Stopped, acting, caller, here, text_id
from yingbin.people.models import ApiToken, Assignment, Site, Staff
from yingbin.people.queries import Bearer, bearer
from yingbin.rules.decision import Refused

from .conftest import Act

ARRIVALS, QUEUE = "arrivals.write", "queue.read"
HOUR = timedelta(hours=1)


def made(act: Act, who: str = "苏晴", **more: object) -> str:
    """A key of the tablet at the door; its secret."""
    told = {"name": "门口平板", "kind": "device", "scopes": [ARRIVALS, QUEUE]} | more
    return act(make_token, "郑岚", acts_as=cast.person(who).id, **told).secret


def known(secret: str, at: datetime) -> Bearer:
    found = bearer(secret, at)
    assert found is not None
    return found


def kind() -> str:
    return str(ApiToken.Kind.values[0])


def test_a_key_may_what_it_was_made_for_and_its_person_may(act: Act, now: datetime) -> None:
    who = known(made(act, kind=kind()), now)
    assert set(who.allowed) == {ARRIVALS, QUEUE}
    assert not who.may("receptions.write")
    Assignment.objects.filter(staff_id=who.staff_id).update(role="guard")
    assert known_again(who, now).allowed == []


def known_again(who: Bearer, at: datetime) -> Bearer:
    """The same key at its next call."""
    row = ApiToken.objects.get(id=who.token_id)
    secret = "yb_again"
    row.digest = actions.tokens.digest_of(secret)
    row.save(update_fields=["digest"])
    return known(secret, at)


@pytest.mark.parametrize("end", ["revoked", "expired", "left", "closed", "mistyped"])
def test_a_key_opens_nothing_any_more(act: Act, hupan: Site, now: datetime, end: str) -> None:
    secret = made(act, kind=kind(), expires_at=now + HOUR)
    token = ApiToken.objects.get()
    if end == "revoked":
        act(revoke_token, "郑岚", token_id=token.id)
    elif end == "left":
        Staff.objects.filter(id=token.acts_as_id).update(is_active=False)
    elif end == "closed":
        Site.objects.filter(id=hupan.id).update(closed_at=now)
    at = now + HOUR if end == "expired" else now
    assert bearer(secret + "x" * (end == "mistyped"), at) is None
    assert ApiToken.objects.get().last_used_at is None


def test_when_it_was_last_used_is_known_to_the_minute_not_to_the_call(
    act: Act, now: datetime
) -> None:
    secret = made(act, kind=kind())
    moments = [now, now + timedelta(seconds=50), now + timedelta(seconds=70)]
    seen = []
    for at in moments:
        known(secret, at)
        seen.append(ApiToken.objects.get().last_used_at)
    assert seen == [moments[0], moments[0], moments[2]]


@pytest.mark.parametrize(
    ("more", "about", "why"),
    [
        ({"name": "  "}, "name", "起个名字"),
        ({"kind": "门禁"}, "scopes", "请选类别"),
        ({"scopes": []}, "scopes", "至少勾选一项"),
        ({"scopes": ["everything"]}, "scopes", "至少勾选一项"),
        ({"expires_at": timedelta(0)}, "expires_at", "已经过去"),
        ({"scopes": ["receptions.write"]}, "acts_as", "接单、接待完毕"),
    ],
)
def test_a_key_that_can_not_be_is_refused_at_its_field(
    act: Act, now: datetime, more: dict[str, object], about: str, why: str
) -> None:
    told = {k: now + v if isinstance(v, timedelta) else v for k, v in more.items()}
    with pytest.raises(Refused, match=why) as no:
        made(act, **({"kind": kind()} | told))
    assert no.value.about == about
    assert not ApiToken.objects.exists()


def test_the_secret_is_kept_nowhere_and_a_lost_answer_gives_the_same_key_a_new_one(
    act: Act, now: datetime
) -> None:
    first, second = (made(act, kind=kind(), key="once") for _ in range(2))
    token = ApiToken.objects.get()
    assert first != second
    assert bearer(first, now) is None
    assert second not in str(token.__dict__)
    assert second.startswith(token.shown)
    known(second, now)
    with pytest.raises(Refused, match="已经用过或停用"):
        made(act, kind=kind(), key="once")


def test_whoever_takes_it_out_of_use_twice_does_it_once_and_never_at_another_site(
    act: Act, office: Site
) -> None:
    made(act, kind=kind())
    token = ApiToken.objects.get()
    with pytest.raises(Refused, match="没有找到"):
        act(revoke_token, "顾北", site_id=office.id, token_id=token.id)
    act(revoke_token, "郑岚", token_id=token.id)
    when = ApiToken.objects.get().revoked_at
    act(revoke_token, "郑岚", token_id=token.id)
    assert ApiToken.objects.get().revoked_at == when


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 81, "has a space", "到访到访到访到访", "tab\there8"]
)
def test_a_write_needs_a_key_that_can_be_sent_again(act: Act, now: datetime, key: str) -> None:
    who = known(made(act, kind=kind()), now)
    request = RequestFactory().post("/", headers={"Idempotency-Key": key} if key else {})
    with pytest.raises(Stopped, match="8 到 80 个字符") as no:
        acting(request, who)
    assert no.value.status == 400


def test_two_devices_may_count_from_one(act: Act, now: datetime) -> None:
    first, second = (known(made(act, kind=kind()), now) for _ in range(2))
    request = RequestFactory().post("/", headers={"Idempotency-Key": "arrival-0001"})
    keys = [acting(request, who).key for who in (first, first, second)]
    assert keys[0] == keys[1] != keys[2]
    assert "arrival-0001" not in str(keys)


def test_a_call_beyond_the_key_says_what_and_whom_to_ask(act: Act, now: datetime) -> None:
    request = RequestFactory().get("/")
    request.bearer = known(made(act, kind=kind()), now)  # type: ignore[attr-defined]
    assert caller(request, ARRIVALS) is request.bearer  # type: ignore[attr-defined]
    with pytest.raises(Stopped, match="不能「接单、接待完毕」。请销售经理") as no:
        caller(request, "receptions.write")
    assert no.value.status == 403


def test_another_sites_thing_does_not_exist() -> None:
    with pytest.raises(Stopped, match="没有找到") as no:
        here(None)
    assert no.value.status == 404
    assert here("it") == "it"
    assert (text_id(None), text_id(UUID(int=7))) == (None, str(UUID(int=7)))
