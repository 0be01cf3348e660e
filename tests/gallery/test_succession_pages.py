"""离职交接 and 请客户签 as pages: who gets whose customers, and what a customer's own hands may write (TQ-8, TQ-3)."""

import json
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_guest import PASSWORD, YES, back, handed_over
from tests.gallery.test_reception import signed_in
from yingbin.customers.queries import all_of
from yingbin.gallery.actions.succession import shares, succeed
from yingbin.gallery.forms.guest import GlassForm, GuestForm
from yingbin.gallery.models import Visit
from yingbin.gallery.views.guest import KEPT_FOR
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice

PAGE = "/gallery/succession/"


def customers_of(hall: Gallery, name: str, many: int) -> None:
    """So many customers become somebody's."""
    for n in range(many):
        hall.finish(hall.arrive(named=name, phone=f"1381234{n:04d}", name="欧阳静"))


@pytest.mark.clause("TQ-8")
@pytest.mark.parametrize(
    ("leaver", "to", "reason", "says"),
    [
        ("", ["周航"], "离职", "请先选交出客户的同事"),
        ("x", ["周航"], "离职", "请先选交出客户的同事"),
        ("林悦", ["周航"], "  ", "请写明为什么交接"),
        ("林悦", [], "离职", "请选接手的同事，至少一位，不能是本人"),
        ("林悦", ["周航", "林悦"], "离职", "请选接手的同事，至少一位，不能是本人"),
        ("林悦", ["周航", "苏晴"], "离职", "接手的人要是本案场在岗的置业顾问"),
        ("吴敏", ["周航"], "离职", "这位同事名下没有客户，也没有没办完的事"),
    ],
)
def test_a_hand_over_that_cannot_be_moves_nobody_and_keeps_who_was_ticked(
    client: Client, hall: Gallery, leaver: str, to: list[str], reason: str, says: str
) -> None:
    customers_of(hall, "林悦", 1)
    lines = Entry.objects.count()
    who = str(hall.id(leaver)) if len(leaver) > 1 else leaver
    sent = {"leaver": who, "to": [str(hall.id(n)) for n in to], "reason": reason, "key": "h"}
    page = signed_in(client, hall, "郑岚").post(PAGE, sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert says in text
    for name in to:
        if name != "苏晴":
            assert f'value="{hall.id(name)}" checked' in text
    assert Entry.objects.count() == lines
    assert len(all_of(hall.site, hall.id("林悦"))) == 1


@pytest.mark.clause("TQ-8")
def test_a_hand_over_sent_twice_is_one_and_each_successor_is_told_how_many(
    client: Client, hall: Gallery
) -> None:
    customers_of(hall, "林悦", 3)
    to = ["周航", "吴敏"]
    sent = {"leaver": str(hall.id("林悦")), "to": [str(hall.id(n)) for n in to],
            "reason": "月底离职", "key": "h"}  # fmt: skip
    page = signed_in(client, hall, "郑岚")
    for _ in range(2):
        answer = page.post(PAGE, sent, follow=True)
        assert "已交接 3 位客户、0 件没办完的事" in answer.content.decode()
    told = Notice.objects.filter(kind="handover").values_list("to_id", "title")
    assert dict(told) == {
        hall.id("周航"): "林悦的 2 位客户交给您了",
        hall.id("吴敏"): "林悦的 1 位客户交给您了",
    }
    assert Entry.objects.filter(kind="customers.handed_over").count() == 1
    assert not all_of(hall.site, hall.id("林悦"))


@pytest.mark.clause("TQ-8")
def test_what_was_handed_over_wrongly_goes_back_the_same_way(hall: Gallery) -> None:
    customers_of(hall, "林悦", 2)
    mine = set(all_of(hall.site, hall.id("林悦")))
    for leaver, to in (("林悦", "周航"), ("周航", "林悦")):
        hall.do(succeed, "郑岚", leaver=hall.id(leaver), to=[hall.id(to)], reason="交接有误")
    assert set(all_of(hall.site, hall.id("林悦"))) == mine
    assert Entry.objects.filter(kind="customers.handed_over").count() == 2
    assert "交接有误" not in " ".join(str(e.body) for e in Entry.objects.all())


def test_while_nobody_has_a_customer_there_is_nothing_to_hand_over(
    client: Client, hall: Gallery
) -> None:
    text = signed_in(client, hall, "郑岚").get(PAGE).content.decode()
    assert "还没有客户有接待人" in text
    assert 'name="leaver"' not in text


@pytest.mark.parametrize("name", ["苏晴", "许诺", "林悦", "程毅", "秦明"])
def test_customers_are_handed_over_by_the_manager_alone(
    client: Client, hall: Gallery, name: str
) -> None:
    page = signed_in(client, hall, name)
    assert page.get(PAGE).status_code == 403
    assert page.post(PAGE, {"reason": "离职", "key": "h"}).status_code == 403


@pytest.mark.parametrize("seed", range(6))
def test_everybody_gets_their_share_however_many_there_are(seed: int) -> None:
    chance = Random(seed)
    customers: list[UUID] = [uuid4() for _ in range(chance.randrange(0, 60))]
    to: list[UUID] = [uuid4() for _ in range(chance.randrange(1, 9))]
    dealt = shares(customers, to)
    assert list(dealt) == customers
    many = [list(dealt.values()).count(w) for w in to]
    assert sum(many) == len(customers)
    assert max(many) - min(many) <= 1


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"name": ""}, "name", "请写下您的姓名，姓也可以"),
        ({"name": "静" * 41}, "name", "姓名最多 40 个字"),
        ({"phone": "12345"}, "phone", "电话不是有效号码"),
        ({"consent": ""}, "consent", "选「同意」或「不同意」"),
        ({"consent": "maybe"}, "consent", "选「同意」或「不同意」"),
    ],
)
def test_a_customer_is_told_what_is_missing(typed: dict[str, str], field: str, says: str) -> None:
    form = GuestForm({**YES, **typed})
    assert not form.is_valid()
    assert says in str(form.errors[field])


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("typed", [{}, {"name": ""}, {"phone": "12345"}, {"name": "欧阳静"}])
def test_with_a_no_nothing_is_looked_at_and_nothing_is_kept(typed: dict[str, str]) -> None:
    form = GuestForm({**YES, **typed, "consent": "refused"})
    assert form.is_valid(), form.errors
    told = form.told()
    assert (told["name"], told["title"], told["phone"]) == ("", "", "")
    assert told["consent"] == "refused"


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("drawn", "unsigned", "says"),
    [
        ("", False, "一点一横认不出来"),
        ("[[1,2,3,4]]", False, "一点一横认不出来"),
        ("[[1,2,3,4,5,6],[1,2,3,4]]", False, "一点一横认不出来"),
        ("[[1,2,3,4,5,6],[1,2,3,4,5,6]]", False, ""),
        ("not strokes", False, "签名没有读出来"),
        ("[[1,2", True, "签名没有读出来"),
        ("", True, ""),
    ],
)
def test_a_signature_is_more_than_a_dot(drawn: str, unsigned: bool, says: str) -> None:
    form = GlassForm({"drawn": drawn, **({"unsigned": "on"} if unsigned else {})})
    assert form.is_valid() is (not says)
    assert says in str(form.errors)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(("seconds", "kept"), [(KEPT_FOR - 60, True), (KEPT_FOR + 60, False)])
def test_what_a_customer_wrote_waits_four_hours_for_the_receiver(
    client: Client, hall: Gallery, seconds: int, kept: bool
) -> None:
    visit = hall.arrive()
    page = handed_over(client, hall, visit)
    page.post(reverse("gallery:guest"), {**YES, "consent": "refused"})
    assert back(page, PASSWORD) == 302
    kept_now = page.session["customer_said"]
    session = page.session
    session["customer_said"] = {**kept_now, "at": hall.now.timestamp() - seconds}
    session.save()
    text = page.get(reverse("gallery:sign", args=[visit.id])).content.decode()
    assert ("不留客户的姓名、电话和签名" in text) is kept


@pytest.mark.clause("TQ-3")
def test_the_pages_follow_one_another_and_none_is_skipped(client: Client, hall: Gallery) -> None:
    visit = hall.arrive()
    steps = [reverse(f"gallery:{n}") for n in ("guest", "guest_glass", "guest_thanks")]
    before = signed_in(client, hall, "林悦")
    for path in steps:
        assert before.get(path)["Location"] == reverse("gallery:receiving"), "it isn't theirs yet"
    page = handed_over(client, hall, visit)
    for path in steps[1:]:
        assert page.get(path)["Location"] == steps[0], "nothing was said yet"
    page.post(steps[0], {**YES, "consent": "refused"})
    assert page.get(steps[1])["Location"] == steps[0], "who doesn't agree signs nothing"
    assert page.get(steps[2]).status_code == 200


@pytest.mark.clause("TQ-3")
def test_another_customer_finds_nothing_of_the_one_before(client: Client, hall: Gallery) -> None:
    first = hall.arrive()
    page = handed_over(client, hall, first)
    page.post(reverse("gallery:guest"), YES)
    assert back(page, PASSWORD) == 302
    hall.finish(first)
    second: Any = None
    for _ in range(4):  # until it is 林悦's turn again
        second = hall.arrive()
        if hall.receiver(second) == "林悦":
            break
        hall.finish(second)
    handed_over(client, hall, Visit.objects.get(id=second.id))
    text = page.get(reverse("gallery:guest")).content.decode()
    assert "王建国" not in text
    assert "13812341234" not in json.dumps(dict(page.session), default=str, ensure_ascii=False)
