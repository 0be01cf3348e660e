"""A gate's device is one phone at a time; what the one before kept without a line is still taken in (CV-4.1)."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from yingbin.rules.decision import Refused
from yingbin.tours.actions.merging import Merge
from yingbin.tours.actions.phones import heard, let_go, open_on, take_over
from yingbin.tours.models import GateDevice

from .post import Post
from .test_merging import Tablet
from .test_pages import text

FIRST, SECOND = UUID(int=1), UUID(int=2)


def device(post: Post) -> GateDevice:
    return GateDevice.objects.select_related("gate").get(id=post.gates["北门"])


def opens(post: Post, who: str, phone: UUID, *, waiting: int = 0) -> None:
    """A phone asks for the list, as the page does by itself."""
    post.do(open_on, who, device_id=post.gates["北门"], phone=phone)
    heard(device(post), phone, post.now, waiting)


def takes(post: Post, who: str, phone: UUID) -> int:
    done: int = post.do(take_over, who, device_id=post.gates["北门"], phone=phone)
    return done


@pytest.mark.clause("CV-4.1")
def test_a_second_phone_is_refused_until_its_guard_takes_the_gate_over_and_the_first_lets_nobody_in_then(
    post: Post,
) -> None:
    number = post.issue(post.visit(), persons=3)
    opens(post, "高磊", FIRST)
    opens(post, "高磊", FIRST)
    with pytest.raises(Refused, match="改在另一部手机上用"):
        opens(post, "丁", SECOND)
    for other in (SECOND, None):
        with pytest.raises(Refused, match="不再放行"):
            post.scan(number, phone=other)
    assert post.scan(number, phone=FIRST).allowed
    assert takes(post, "丁", SECOND) == 0
    assert takes(post, "丁", SECOND) == 0, "twice tapped is once taken"
    with pytest.raises(Refused, match="不再放行"):
        post.scan(number, phone=FIRST)
    assert post.scan(number, phone=SECOND).allowed
    with pytest.raises(Refused, match="改在另一部手机上用"):
        opens(post, "高磊", FIRST)
    heard(device(post), FIRST, post.now, 7)
    assert device(post).waiting == 0, "it is not asked any more"
    assert (device(post).phone, device(post).held_by) == (SECOND, post.id("丁"))
    assert post.faults() == []


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize(("seconds", "waiting"), [(46, 0), (5, 2)])
def test_one_that_is_silent_or_keeps_scans_is_taken_from_by_a_supervisor_alone(
    post: Post, seconds: int, waiting: int
) -> None:
    opens(post, "高磊", FIRST, waiting=waiting)
    post.later(seconds=seconds)
    with pytest.raises(Refused, match="请值班队长用自己的账号收回"):
        takes(post, "丁", SECOND)
    assert device(post).phone == FIRST
    assert takes(post, "周队", SECOND) == waiting
    assert device(post).phone == SECOND


@pytest.mark.clause("CV-4.1")
def test_one_whose_list_is_too_old_to_let_anybody_in_holds_nothing_any_more(post: Post) -> None:
    opens(post, "高磊", FIRST)
    post.later(hours=11, minutes=58)
    with pytest.raises(Refused):
        opens(post, "丁", SECOND)
    post.later(minutes=3)
    opens(post, "丁", SECOND)
    assert device(post).phone == SECOND


@pytest.mark.clause("CV-4.1")
def test_what_the_first_phone_kept_is_taken_in_once_after_another_took_the_gate(post: Post) -> None:
    visit = post.visit()
    one, other = post.issue(visit, persons=2), post.issue(visit, persons=2)
    opens(post, "高磊", FIRST)
    tablet = Tablet(post)
    tablet.scan(one, count=2)
    post.later(minutes=2)
    takes(post, "周队", SECOND)
    post.scan(other, count=2, phone=SECOND)
    assert post.inside() == {other: 2}
    assert tablet.back() == Merge(1, 0, 0)
    assert tablet.back() == Merge(0, 1, 0)
    assert post.inside() == {one: 2, other: 2}
    assert post.faults() == []


@pytest.mark.clause("CV-4.1")
def test_who_goes_home_lets_the_gate_go_but_not_with_scans_in_their_pocket(post: Post) -> None:
    opens(post, "高磊", FIRST, waiting=1)
    gate = post.gates["北门"]
    with pytest.raises(Refused, match="还有没交上去的记录"):
        post.do(let_go, "高磊", device_id=gate, phone=FIRST)
    with pytest.raises(Refused, match="改在另一部手机上用"):
        post.do(let_go, "丁", device_id=gate, phone=SECOND)
    heard(device(post), FIRST, post.now, 0)
    post.do(let_go, "高磊", device_id=gate, phone=FIRST)
    assert (device(post).phone, device(post).held_by) == (None, None)
    opens(post, "丁", SECOND)
    with pytest.raises(Refused, match="回到门岗页"):
        post.do(take_over, "丁", device_id=uuid4(), phone=FIRST)
    assert post.faults() == []


def ask(browser: Any, page: str, gate: UUID, **told: object) -> Any:
    return browser.post(reverse(f"tours:{page}", args=[gate]), told, follow=True)


@pytest.mark.clause("CV-4.1")
def test_a_second_phone_reads_whose_the_gate_is_and_the_first_is_told_at_its_next_question(
    post: Post,
) -> None:
    number, gate = post.issue(post.visit()), post.gates["北门"]
    page = reverse("tours:gate", args=[gate])
    first, second, chief = (post.browser(who) for who in ("高磊", "丁", "周队"))
    assert "验证" in text(first.get(page))
    assert ask(first, "gate_list", gate, waiting=0).status_code == 200
    assert "这部手机不放行" in text(second.get(page))
    assert "另一部手机在用" in text(second.get(reverse("tours:gates")))
    assert ask(second, "gate_list", gate).status_code == 409
    refused = second.post(
        reverse("tours:scan", args=[gate]),
        {"code": str(number), "way": "in"},
        headers={"Accept": "application/json"},
    )
    assert (refused.status_code, "不再放行" in refused.json()["refused"]) == (422, True)
    assert "改在这部手机上用了" in text(ask(second, "gate_take", gate))
    assert ask(second, "gate_list", gate).status_code == 200
    told = ask(first, "gate_list", gate)
    assert (told.status_code, "不再放行" in json.loads(told.content)["refused"]) == (409, True)
    assert "丁" in text(first.get(page))
    post.later(minutes=5)
    assert "请值班队长用自己的账号在这里收回" in text(first.get(page))
    assert "请把它打开连一下网" in text(ask(first, "gate_take", gate))
    assert "收回，改在这部手机上用" in text(chief.get(page))
    assert "改在这部手机上用了" in text(ask(chief, "gate_take", gate))
    assert "交班了" in text(ask(chief, "gate_let_go", gate))
    assert "验证" in text(first.get(page))
