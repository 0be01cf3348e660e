"""督导 as the manager uses it: every no with its sentence, what was typed kept, two taps are one deed (TQ-11)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.approvals.models import Approval
from yingbin.gallery.actions import days, presence, receptions, waiting
from yingbin.gallery.models import Claim, GalleryDay, GalleryPolicy, Presence, TurnDecision, Visit
from yingbin.journal.models import Entry

PAGE = "/gallery/supervision/"
POLICY: dict[str, str] = {
    "receiver_busy": "assist",
    "named_turn": "owed",
    "makeup_per_absence": "1",
    "passed_over_business": "make_up",
    "passed_over_meal": "keep",
    "passed_over_private": "keep",
    "opening": "sign_in",
    "accept_seconds": "120",
    "undo_seconds": "120",
    "reason": "与案场商定",
}


@pytest.fixture
def manager(client: Client, hall: Gallery) -> Client:
    """郑岚's browser."""
    return signed_in(client, hall, "郑岚")


def refused(page: Any, says: str, *typed: str) -> None:
    """The page was refused with this sentence and still holds what was typed."""
    text = page.content.decode()
    assert page.status_code == 422
    assert says in text
    for words in typed:
        assert words in text


def told(page: Any) -> str:
    """What the page says at its top."""
    return "".join(str(m) for m in page.context["messages"])


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("to", "reason", "says"),
    [
        ("", "客户要求换人", "请选调派给谁"),
        ("x", "客户要求换人", "请选调派给谁"),
        ("吴敏", "", "请写明为什么调派，所有同事都会看到"),
        ("吴敏", "  ", "请写明为什么调派，所有同事都会看到"),
        ("周航", "客户要求换人", "不能指定给周航：正在接待"),
        ("陈思远", "客户要求换人", "不能指定给陈思远：外出不在现场"),
        ("赵雨桐", "客户要求换人", "没有签到；请指定空闲的人"),
        ("吴敏", "长" * 201, "最多 200 个字"),
    ],
)
def test_an_override_that_cannot_be_keeps_what_was_typed(
    manager: Client, hall: Gallery, to: str, reason: str, says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    hall.arrive(name="司马光")  # 周航
    hall.do(presence.go_away, "陈思远", who=hall.id("陈思远"), reason="meal")
    before = TurnDecision.objects.count()
    who = str(hall.id(to)) if len(to) > 1 else to
    sent = {"to": who, "reason": reason, "counts": "on", "key": "o"}
    page = manager.post(f"{PAGE}override/{visit.id}/", sent)
    refused(page, says, *([reason.strip()] if reason.strip() else []))
    assert TurnDecision.objects.count() == before
    assert hall.receiver(visit) == "林悦"


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("finished", "这批客户的接待已经结束"),
        ("left", "这批客户已经离开"),
        ("undone", "可能已经撤销或收场"),
    ],
)
def test_a_group_that_is_gone_is_given_to_nobody(
    manager: Client, hall: Gallery, how: str, says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    if how == "finished":
        hall.finish(visit)
    elif how == "undone":
        manager.post(reverse("gallery:undo", args=[visit.id]), {"key": "u"})
    else:
        for n in range(3):
            hall.arrive(name=f"客户{n}")
        visit = hall.arrive(name="等着的")
        hall.do(waiting.leave, "苏晴", visit_id=visit.id, no_contact="赶时间")
    lines = Entry.objects.count()
    sent = {"to": str(hall.id("吴敏")), "reason": "客户要求换人", "key": "o"}
    page = manager.post(f"{PAGE}override/{visit.id}/", sent)
    refused(page, says, "客户要求换人")
    assert Entry.objects.count() == lines


@pytest.mark.clause("TQ-11")
def test_an_override_sent_twice_moves_the_group_once(manager: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="欧阳静")
    sent = {"to": str(hall.id("吴敏")), "reason": "客户要求换人", "counts": "on", "key": "o"}
    for _ in range(2):
        page = manager.post(f"{PAGE}override/{visit.id}/", sent, follow=True)
        assert "已调派，所有同事都能看到原因" in told(page)
    assert hall.receiver(visit) == "吴敏"
    assert TurnDecision.objects.filter(visit=visit, receiver=hall.id("吴敏")).count() == 1


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"who": ""}, "请选更正谁的账目"),
        ({"who": "x"}, "请选更正谁的账目"),
        ({"reason": ""}, "请写明为什么更正，所有同事都会看到"),
        ({"count": "0", "turns": ""}, "次数和轮次都是 0，请填要加减多少"),
        ({"count": "", "turns": "0"}, "次数和轮次都是 0，请填要加减多少"),
        ({"count": "一次"}, "次数请填 -20 到 20 之间的整数。"),
        ({"count": "21"}, "次数请填 -20 到 20 之间的整数。"),
        ({"turns": "-99"}, "轮次请填 -20 到 20 之间的整数。"),
        ({"who": "赵雨桐"}, "不是当天的置业顾问"),
    ],
)
def test_a_correction_that_cannot_be_moves_no_account(
    manager: Client, hall: Gallery, typed: dict[str, str], says: str
) -> None:
    sent = {"who": "周航", "count": "1", "turns": "", "reason": "昨天漏记一批", "key": "a", **typed}
    who = sent["who"]
    sent["who"] = str(hall.id(who)) if len(who) > 1 else who
    page = manager.post(f"{PAGE}adjust/", sent)
    refused(page, says, sent["reason"])
    assert (hall.person("周航").counted, hall.person("周航").owes) == (0, 0)


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("count", "turns", "counted", "owes", "earned"),
    [(1, 0, 1, 0, 0), (20, 0, 20, 0, 0), (0, -1, 0, 1, 0), (0, 2, 0, 0, 2), (-1, -2, -1, 2, 0)],
)
def test_a_correction_is_just_what_was_signed_for(
    manager: Client, hall: Gallery, count: int, turns: int, counted: int, owes: int, earned: int
) -> None:
    sent = {"who": str(hall.id("周航")), "count": str(count), "turns": str(turns),
            "reason": "昨天漏记", "key": "a"}  # fmt: skip
    for _ in range(2):
        assert "已更正" in told(manager.post(f"{PAGE}adjust/", sent, follow=True))
    person = hall.person("周航")
    assert (person.counted, person.owes, len(person.make_up)) == (counted, owes, earned)
    others = [hall.person(n) for n in ("林悦", "吴敏", "陈思远")]
    assert all((p.counted, p.owes, len(p.make_up)) == (0, 0, 0) for p in others)


@pytest.mark.clause("TQ-6")
@pytest.mark.parametrize(
    ("confirm", "how", "says"),
    [
        ("yes", "", "请写明客户怎样当面证实"),
        ("yes", "  ", "请写明客户怎样当面证实"),
        ("no", "", "请写明不予确认的原因"),
    ],
)
def test_a_claim_is_answered_with_words_either_way(
    manager: Client, hall: Gallery, confirm: str, how: str, says: str
) -> None:
    visit = hall.arrive(name="欧阳静")
    claim = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="是来应聘的")
    page = manager.post(f"{PAGE}claim/{claim}/", {"confirm": confirm, "how": how, "key": "c"})
    refused(page, says)
    assert Claim.objects.get().decided_at is None


@pytest.mark.clause("TQ-6")
def test_a_claim_is_answered_once(manager: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="欧阳静")
    claim = hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="是来应聘的")
    assert "是来应聘的" in manager.get(PAGE).content.decode()
    yes = {"confirm": "yes", "how": "问过客户本人", "key": "c"}
    for _ in range(2):
        assert manager.post(f"{PAGE}claim/{claim}/", yes).status_code == 302
    refused(
        manager.post(f"{PAGE}claim/{claim}/", {**yes, "confirm": "no", "key": "d"}),
        "这条申报已经处理过了",
    )
    assert hall.person("林悦").counted == 0
    refused(manager.post(f"{PAGE}claim/{uuid4()}/", {**yes, "key": "e"}), "没有找到这条申报")


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize(
    ("sent", "status", "granted"),
    [
        ({"grant": "yes"}, 302, "granted"),
        ({"grant": "no", "words": "今天人手不够"}, 302, "declined"),
        ({"grant": "no", "words": ""}, 422, ""),
    ],
)
def test_leave_is_granted_or_declined_with_a_reason(
    manager: Client, hall: Gallery, sent: dict[str, str], status: int, granted: str
) -> None:
    leave = hall.do(presence.ask_business_leave, "周航", note="去房管局")
    assert "去房管局" in manager.get(PAGE).content.decode()
    page = manager.post(f"{PAGE}leave/{leave}/", {**sent, "key": "l"})
    assert page.status_code == status
    row = Approval.objects.get(id=leave)
    assert (row.decided_at is not None) is bool(granted)
    if granted:
        assert row.status == granted
    assert (hall.person("周航").status == "away") is (granted == "granted")


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("verb", "who", "says"),
    [
        ("sign-in", "周航", "周航已经签到，位置不变"),
        ("sign-in", "苏晴", "苏晴现在不是本案场的置业顾问，不能签到"),
        ("sign-out", "赵雨桐", "没有签到，不用签退"),
        ("back", "周航", "周航就在现场，也没有要走"),
        ("back", "赵雨桐", "没有签到，不在接待顺序里"),
        ("meal", "赵雨桐", "没有签到，不在接待顺序里"),
        ("meal", "吴敏", "吴敏已经外出，不用再点"),
        ("private", "吴敏", "吴敏已经外出，不用再点"),
    ],
)
def test_what_cannot_be_done_for_someone_is_said_with_their_name(
    manager: Client, hall: Gallery, verb: str, who: str, says: str
) -> None:
    hall.do(presence.go_away, "吴敏", who=hall.id("吴敏"), reason="meal")
    before = hall.queue()
    page = manager.post(f"{PAGE}person/{hall.id(who)}/{verb}/", {"key": "p"}, follow=True)
    assert says in told(page)
    assert hall.queue() == before


@pytest.mark.parametrize(
    ("verb", "status"),
    [("sign-in", "free"), ("meal", "away"), ("private", "away"), ("sign-out", "")],
)
def test_the_manager_does_it_for_someone_who_forgot(
    manager: Client, hall: Gallery, verb: str, status: str
) -> None:
    who = "赵雨桐" if verb == "sign-in" else "周航"
    for _ in range(2):
        manager.post(f"{PAGE}person/{hall.id(who)}/{verb}/", {"key": "p"})
    if status:
        assert hall.person(who).status == status
    else:
        assert who not in hall.queue()


@pytest.mark.parametrize("verb", ["dismiss", "business", "sign_in", "open"])
def test_no_other_verb_is_done_for_anybody(manager: Client, hall: Gallery, verb: str) -> None:
    assert manager.post(f"{PAGE}person/{hall.id('周航')}/{verb}/").status_code == 404
    assert manager.post(f"{PAGE}person/{uuid4()}/meal/").status_code == 404


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": ""}, "请填写为什么改"),
        ({"opening": "random"}, "请从列表里选择开场顺序"),
        ({"makeup_per_absence": "21"}, "请填 0 到 20 之间的整数。"),
        ({"makeup_per_absence": ""}, "请填写一次公事外出最多补接几次"),
        ({"accept_seconds": "29"}, "请填 30 到 1800 之间的整数。"),
        ({"accept_seconds": "1801"}, "请填 30 到 1800 之间的整数。"),
        ({"undo_seconds": "601"}, "请填 0 到 600 之间的整数。"),
        ({"channel_valid_days": "0"}, "请填 1 到 365 之间的整数。"),
        ({"protection_days": "-1"}, "请填 0 到 3650 之间的整数。"),
        ({"passed_over_meal": "double"}, "请从列表里选择用餐被轮空"),
    ],
)
def test_a_policy_that_cannot_be_is_not_signed(
    manager: Client, hall: Gallery, changed: dict[str, str], says: str
) -> None:
    before = GalleryPolicy.objects.count()
    sent = {**POLICY, "reason": "与案场商定，试一个月", **changed, "key": "p"}
    refused(manager.post(f"{PAGE}policy/", sent), says, sent["reason"])
    assert GalleryPolicy.objects.count() == before


@pytest.mark.clause("TQ-11")
def test_a_policy_is_signed_once_stands_with_its_reason_and_holds_from_the_next_opening(
    manager: Client, hall: Gallery
) -> None:
    before = GalleryPolicy.objects.count()
    for _ in range(2):
        page = manager.post(
            f"{PAGE}policy/", {**POLICY, "undo_seconds": "0", "key": "p"}, follow=True
        )
        text = page.content.decode()
        assert "下次开场起生效" in text
        assert "与案场商定" in text
    assert GalleryPolicy.objects.count() == before + 1
    assert days.values_in_force(hall.site)["undo_seconds"] == 0
    assert GalleryDay.objects.get().settings["undo_seconds"] == 120
    told_of = Entry.objects.filter(kind="policy.set").latest("seq")
    assert "与案场商定" not in str(told_of.body)


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("reason", "busy", "says"),
    [
        ("", True, "请写一句原因"),
        (" ", True, "请写一句原因"),
        ("客人都走了", False, "现在没有在接待或等待的客户"),
    ],
)
def test_winding_up_needs_a_reason_and_somebody_to_end(
    manager: Client, hall: Gallery, reason: str, busy: bool, says: str
) -> None:
    if busy:
        hall.arrive(name="欧阳静")
    page = manager.post(f"{PAGE}wind-up/", {"reason": reason, "key": "w"})
    refused(page, says)
    assert Visit.objects.filter(finished_at__isnull=False).count() == 0


@pytest.mark.clause("TQ-11")
def test_a_day_with_something_open_is_not_closed_and_each_thing_is_named(
    manager: Client, hall: Gallery
) -> None:
    hall.arrive(name="欧阳静")
    hall.do(presence.ask_business_leave, "周航", note="去房管局")
    page = manager.post(f"{PAGE}close/", {"key": "c"}, follow=True)
    for what in ("林悦还在接待到访1", "周航的公事外出申请还没有批复"):
        assert what in told(page)
        assert what in page.content.decode()
    assert GalleryDay.objects.get().closed_at is None
    assert "确认收场" not in page.content.decode()


@pytest.mark.parametrize(
    ("at", "says"),
    [("before", "今天还没有开场"), ("after", "今天已经收场")],
)
def test_outside_the_day_nothing_is_supervised(
    client: Client, gallery: Gallery, at: str, says: str
) -> None:
    if at == "after":
        gallery.open("林悦", "周航")
        gallery.do(days.close_gallery, "郑岚")
    page = signed_in(client, gallery, "郑岚")
    closing = page.get(f"{PAGE}close/")
    assert (closing.status_code, closing["Location"]) == (302, PAGE)
    sent = {"who": str(gallery.id("周航")), "count": "1", "reason": "漏记", "key": "a"}
    refused(page.post(f"{PAGE}adjust/", sent), "今天还没有开场", "漏记")
    answer = page.post(f"{PAGE}person/{gallery.id('周航')}/sign-in/", {"key": "s"}, follow=True)
    if at == "after":
        assert says in told(answer)
    else:
        assert Presence.objects.filter(staff_id=gallery.id("周航")).exists()


@pytest.mark.parametrize("name", ["苏晴", "许诺", "林悦", "程毅", "秦明", "案场大屏"])
@pytest.mark.parametrize("address", ["", "policy/", "close/"])
def test_nobody_else_supervises(client: Client, hall: Gallery, name: str, address: str) -> None:
    page = signed_in(client, hall, name)
    assert page.get(f"{PAGE}{address}").status_code == 403
    if address:
        assert page.post(f"{PAGE}{address}", {**POLICY, "key": "x"}).status_code == 403
    assert GalleryDay.objects.get().closed_at is None


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(("minutes", "open_"), [(2, True), (2.05, False)])
def test_an_arrival_is_taken_back_within_two_minutes(
    client: Client, hall: Gallery, minutes: float, open_: bool
) -> None:
    visit = hall.arrive(name="欧阳静")
    hall.now = visit.arrived_at + timedelta(minutes=minutes)
    desk = signed_in(client, hall, "苏晴")
    page = desk.post(reverse("gallery:undo", args=[visit.id]), {"key": "u"}, follow=True)
    says = "已撤销，顺序恢复到登记之前" if open_ else "已超过2分钟，不能撤销"
    assert says in told(page)
    visit.refresh_from_db()
    assert (visit.undone_at is not None) is open_
    assert (hall.person("林悦").status == "free") is open_
