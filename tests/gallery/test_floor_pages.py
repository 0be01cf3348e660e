"""等待, 我的 and 接待 as the floor uses them: a button pressed too late, twice or by somebody else says so (TQ-1.1)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import days, presence, waiting
from yingbin.gallery.models import Needs, Nudge, Reception, Step, Visit
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter


@pytest.fixture
def waits(hall: Gallery) -> Visit:
    """Everybody receives; a group that named 林悦 waits for her."""
    for n in range(4):
        hall.arrive(name=f"客户{n}")
    return hall.arrive(name="欧阳静", named="林悦")


def press(page: Client, button: str, visit: Visit, **sent: str) -> Any:
    """One button of a group, without JavaScript, and the page it leads to."""
    path = reverse(f"gallery:{button}", args=[visit.id])
    return page.post(path, {"key": f"{button}-{visit.number}", **sent}, follow=True)


def told(page: Any) -> str:
    """What the page says at its top."""
    return "".join(str(m) for m in page.context["messages"])


@pytest.mark.clause("SC-4.3.2")
@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("anyone", {}, "只有在等某一个人的客户可以改"),
        ("leave", {"no_contact": "赶时间"}, "接待中的客户走了，请点结束接待"),
        ("service", {"what": "  "}, "请选一样要送的东西"),
        ("question", {"question": ""}, "请写下客户问的问题"),
        ("question", {"question": "学区", "to": "x"}, "请从名单里选一位同事"),
        ("describe", {"looks": "红" * 61}, "最多 60 个字"),
        ("describe", {"seat": "三" * 21}, "最多 20 个字"),
        ("leave", {"no_contact": "赶" * 81}, "最多 80 个字"),
        ("leave", {"name": "静" * 41, "no_contact": "赶时间"}, "最多 40 个字"),
    ],
)
def test_what_the_desk_cannot_do_for_a_group_is_said_and_nothing_is_written(
    client: Client, hall: Gallery, name: str, sent: dict[str, str], says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    lines = Entry.objects.count()
    page = press(signed_in(client, hall, "苏晴"), name, visit, **sent)
    assert says in told(page) + page.content.decode()
    assert Entry.objects.count() == lines
    assert not Matter.objects.exists()


@pytest.mark.clause("SC-4.3.2")
def test_who_waits_for_one_person_may_take_anyone_but_only_once(
    client: Client, hall: Gallery, waits: Visit
) -> None:
    desk = signed_in(client, hall, "苏晴")
    assert "等 林悦" in desk.get("/gallery/waiting/").content.decode()
    press(desk, "anyone", waits)
    text = desk.get("/gallery/waiting/").content.decode()
    assert "等 林悦" not in text
    assert "谁先空谁接" in text
    assert "谁先空闲就由谁接待" in told(press(desk, "anyone", waits, key="again"))
    hall.finish(Visit.objects.get(number=2))
    assert hall.receiver(waits) == "周航"


@pytest.mark.clause("SC-4.3.2")
@pytest.mark.parametrize(
    ("sent", "follows"),
    [
        ({"phone": "13812341234", "name": "欧阳静"}, True),
        ({"phone": "138 1234 1234"}, True),
        ({"no_contact": "赶火车"}, False),
    ],
)
def test_a_group_that_goes_leaves_a_number_or_a_reason(
    client: Client, hall: Gallery, waits: Visit, sent: dict[str, str], follows: bool
) -> None:
    desk = signed_in(client, hall, "苏晴")
    for _ in range(2):
        assert "已记录离开" in told(press(desk, "leave", waits, **sent))
    waits.refresh_from_db()
    assert waits.left_at is not None
    matters = Matter.objects.filter(kind="follow_up")
    assert [m.owner_id for m in matters] == ([hall.id("林悦")] if follows else [])
    assert ("赶火车" in waits.note) is not follows
    assert "已经离开" in told(press(desk, "anyone", waits, key="late"))
    assert "赶火车" not in " ".join(str(e.body) for e in Entry.objects.all())


@pytest.mark.parametrize(
    ("name", "sees"), [("苏晴", 200), ("许诺", 200), ("郑岚", 200), ("林悦", 200), ("秦明", 403)]
)
def test_the_waiting_list_is_for_who_serves_and_greets(
    client: Client, hall: Gallery, waits: Visit, name: str, sees: int
) -> None:
    page = signed_in(client, hall, name)
    answer = page.get("/gallery/waiting/")
    assert answer.status_code == sees
    assert ("欧阳静" in answer.content.decode()) is (sees == 200)
    press(page, "describe", waits, looks="红外套")
    waits.refresh_from_db()
    assert (waits.looks == "红外套") is (sees == 200)


@pytest.mark.parametrize(
    ("when", "says"), [("before", "今天还没有开场"), ("after", "已收场"), ("left", "还没有收场")]
)
def test_outside_the_day_nobody_waits_and_what_the_desk_just_typed_is_not_lost(
    client: Client, gallery: Gallery, when: str, says: str
) -> None:
    if when != "before":
        gallery.open("林悦")
    if when == "after":
        gallery.do(days.close_gallery, "郑岚")
    if when == "left":
        gallery.later(24 * 60)
    desk = signed_in(client, gallery, "苏晴")
    assert says in desk.get("/gallery/waiting/").content.decode()
    sent = {"first": "yes", "contact": "no", "q": "欧阳静 13812341234", "note": "带了孩子"}
    refused = desk.post("/gallery/arrival/", {**sent, "key": "a"})
    text = refused.content.decode()
    assert refused.status_code == 422
    for words in (says, "欧阳静 13812341234", "带了孩子"):
        assert words in text
    assert "您刚才写的" not in desk.get("/gallery/arrival/").content.decode()
    assert not Visit.objects.exists()


@pytest.mark.clause("TQ-1.1")
@pytest.mark.parametrize(
    ("seconds", "again"),
    [(0, "手机刚响过"), (28, "手机刚响过"), (31, "已再叫一次")],
)
def test_a_receiver_is_called_again_after_thirty_seconds(
    client: Client, hall: Gallery, seconds: int, again: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    hall.later(seconds / 60)
    page = press(signed_in(client, hall, "苏晴"), "call_again", visit)
    assert again in told(page)
    assert Nudge.objects.count() == (again == "已再叫一次")


@pytest.mark.clause("TQ-1.1", "TQ-11")
@pytest.mark.parametrize("name", ["call_again", "ask_for_another"])
def test_who_has_accepted_is_left_in_peace_and_who_is_gone_is_not_called(
    client: Client, hall: Gallery, name: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    hall.later(2)
    press(signed_in(client, hall, "林悦"), "accept", visit)
    desk = signed_in(client, hall, "苏晴")
    assert "林悦已经接单，正在过来，不用再催" in told(press(desk, name, visit))
    hall.finish(visit)
    assert "现在没有派给谁" in told(press(desk, name, visit, key="late"))
    assert not Nudge.objects.exists()


@pytest.mark.clause("TQ-11")
def test_another_is_asked_for_once(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="欧阳静")
    desk = signed_in(client, hall, "苏晴")
    for _ in range(2):
        assert "已请经理换人" in told(press(desk, "ask_for_another", visit))
    assert "已经请经理换人了" in told(press(desk, "ask_for_another", visit, key="more"))
    assert Nudge.objects.count() == 1


@pytest.mark.clause("TQ-1.1")
@pytest.mark.parametrize("name", ["accept", "finish", "claim"])
def test_only_the_receiver_answers_for_a_group(client: Client, hall: Gallery, name: str) -> None:
    visit = hall.arrive(name="欧阳静")
    sent = {"note": "是来应聘的"} if name == "claim" else {}
    page = press(signed_in(client, hall, "周航"), name, visit, **sent)
    says = "只有接待这批客户的人" if name == "claim" else "这批客户由别的同事接待"
    assert says in told(page) + page.content.decode()
    reception = Reception.objects.get()
    assert (reception.accepted_at, reception.ended_at) == (None, None)


@pytest.mark.clause("TQ-3")
def test_a_reception_is_not_finished_while_the_register_is_owed(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="欧阳静")
    page = press(signed_in(client, hall, "林悦"), "finish", visit, units="3")
    assert page.status_code == 422
    assert "还差 1 份来访登记没有签名" in page.content.decode()
    assert Reception.objects.get().ended_at is None
    hall.sign(visit, name="欧阳静")
    press(client, "finish", visit, units="3")
    visit.refresh_from_db()
    assert visit.units_wanted == 3


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize(
    ("reason", "says"),
    [("business", "公事外出要先请经理批准"), ("", "公事外出要先请经理批准")],
)
def test_nobody_goes_out_on_business_without_asking(
    client: Client, hall: Gallery, reason: str, says: str
) -> None:
    page = signed_in(client, hall, "林悦")
    answer = page.post("/gallery/mine/away/", {"reason": reason, "key": "a"}, follow=True)
    assert says in told(answer)
    assert hall.person("林悦").status == "free"


@pytest.mark.clause("TQ-7")
def test_leave_is_asked_for_with_a_reason_taken_back_and_not_taken_back_twice(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "林悦")
    empty = page.post("/gallery/mine/ask-leave/", {"note": " ", "key": "n"})
    assert empty.status_code == 422
    assert "请写一句去哪里、办什么公事" in empty.content.decode()
    asked = page.post("/gallery/mine/ask-leave/", {"note": "去房管局", "key": "l"}, follow=True)
    assert "已交给经理" in told(asked)
    for key, says in (("w", "已撤回外出申请"), ("v", "没有等着批复的外出申请")):
        answer = page.post("/gallery/mine/withdraw-leave/", {"key": key}, follow=True)
        assert says in told(answer)


@pytest.mark.clause("TQ-7")
def test_whoever_is_out_or_not_there_asks_for_no_leave(client: Client, hall: Gallery) -> None:
    hall.do(presence.go_away, "林悦", who=hall.id("林悦"), reason="meal")
    for name, says in (("林悦", "您已经离开案场了"), ("赵雨桐", "您今天还没有签到")):
        sent = {"note": "去房管局", "key": f"l-{name}"}
        answer = signed_in(client, hall, name).post("/gallery/mine/ask-leave/", sent)
        assert says in answer.content.decode()


@pytest.mark.clause("TQ-2.1")
@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("needs", {}, "还没有填任何需求"),
        ("needs", {"area_min": "120", "area_max": "90"}, "面积的下限比上限大"),
        ("needs", {"budget_min": "300", "budget_max": "200"}, "预算的下限比上限大"),
        ("needs", {"area_min": "大"}, "面积从请填整数"),
        ("needs", {"area_min": "0"}, "面积从至少是 1"),
        ("needs", {"budget_max": "100001"}, "预算到最多 100000"),
        ("fault", {"where": "A 户型客厅", "what": ""}, "请写一句看到了什么"),
    ],
)
def test_what_the_receiver_wrote_wrong_is_said_and_not_kept(
    client: Client, hall: Gallery, name: str, sent: dict[str, str], says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    page = press(signed_in(client, hall, "林悦"), name, visit, **sent)
    assert page.status_code == 422
    assert says in page.content.decode()
    for typed in sent.values():
        assert typed in page.content.decode()
    assert not Needs.objects.exists()
    assert not Matter.objects.exists()


@pytest.mark.clause("TQ-2.4")
@pytest.mark.parametrize(
    ("when", "says"),
    [("2026-11-21T08:00", "约好再联系的时间已经过去了"), ("周六", "约好的时间没有读懂")],
)
def test_a_next_contact_that_cannot_be_is_refused_beside_its_note(
    client: Client, hall: Gallery, when: str, says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    which = next(iter(w for w, c in Step.CLAUSES.items() if c == "TQ-2.4"))
    path = reverse("gallery:step", args=[visit.id, which])
    sent = {"note": "周末再来看顶楼", "next_contact": when, "key": "s"}
    page = signed_in(client, hall, "林悦").post(path, sent)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert "周末再来看顶楼" in page.content.decode()
    assert not Step.objects.exists()


def test_a_step_that_is_none_is_not_done(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="欧阳静")
    path = reverse("gallery:step", args=[visit.id, "dance"])
    page = signed_in(client, hall, "林悦").post(path, {"note": "x", "key": "s"})
    assert page.status_code in (404, 422)
    assert not Step.objects.exists()


def test_a_question_goes_to_whoever_may_know_it(
    client: Client, hall: Gallery, waits: Visit
) -> None:
    sent = {"question": "学区怎么划？", "to": str(hall.id("许诺"))}
    page = press(signed_in(client, hall, "苏晴"), "question", waits, **sent)
    assert "问题已转出" in told(page)
    matter = Matter.objects.get(kind="question")
    assert (matter.owner_id, matter.offered_to) == (hall.id("苏晴"), hall.id("许诺"))
    hall.do(waiting.ask_service, "苏晴", visit_id=waits.id, what="热茶")
    assert Matter.objects.count() == 2
