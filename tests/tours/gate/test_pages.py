"""The pages of the gate: as plain forms, as what their script asks, and only for those who may (CV-4.1, CV-4.2)."""

import json
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from django.urls import reverse

from yingbin.customers.actions import register_customer
from yingbin.journal.write import Pen
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.tours import keyring
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.live import TOPICS
from yingbin.tours.models import GateClash, GateEvent, TourVisit
from yingbin.tours.token import PassToken, signed

from .post import SHOP, Post


def code_of(post: Post, number: int) -> str:
    """What the pass's code says, signed by the site."""
    row = post.row(number)
    told = PassToken(
        row.number, row.revision, row.starts_at, row.ends_at, frozenset(row.areas), row.persons, row.photo
    )  # fmt: skip
    return signed(told, keyring.signing_key(post.site, post.now))


def send(
    post: Post, who: str, page: str, *args: object, follow: bool = True, **told: object
) -> Any:
    return post.browser(who).post(reverse(f"tours:{page}", args=args), told, follow=follow)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.clause("CV-4.1", "CV-4.3")
def test_a_guard_scans_a_code_and_reads_in_large_words_who_it_is(post: Post) -> None:
    number = post.issue(post.visit(), persons=4)
    answer = send(
        post,
        "高磊",
        "scan",
        post.gates["北门"],
        code=code_of(post, number).lower(),
        way="in",
        count=3,
    )
    shown = text(answer)
    for words in ("放行", "云启科技", "3</b> / 4 人在场", "韩工", "不准", "不方便拍照"):
        assert words in shown
    assert post.inside() == {number: 3}


@pytest.mark.clause("CV-4.2")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: c[:-1] + ("B" if c[-1] == "A" else "A"), "forged"),
        (lambda c: "https://example.com/x", "no_pass"),
    ],
)
def test_a_changed_code_lets_nobody_in_and_is_kept_without_what_it_said(
    post: Post, change: Any, fault: str
) -> None:
    number = post.issue(post.visit())
    code = change(code_of(post, number))
    shown = text(send(post, "高磊", "scan", post.gates["北门"], code=code, way="in"))
    assert "不放行" in shown
    kept = GateEvent.objects.get(event="scan")
    assert kept.visitor_pass is None
    assert kept.fields["fault"] in (fault, "no_pass")
    assert code not in json.dumps(kept.fields)


def test_a_guard_types_the_number_where_no_camera_and_no_scanner_is(post: Post) -> None:
    number = post.issue(post.visit())
    post.do(verbs.lose, "苏青", number=number)
    post.do(verbs.reissue, "苏青", number=number, reason="丢了")
    assert "放行" in text(
        send(post, "高磊", "scan", post.gates["北门"], code=str(number), way="in")
    )
    assert GateEvent.objects.filter(event="scan").get().fields["revision"] == 2


@pytest.mark.parametrize("words", ["云启", "许文博", "8000", "沪A12345"])
def test_a_guest_is_found_by_company_name_phone_or_plate(post: Post, words: str) -> None:
    made: list[Any] = []

    def known(pen: Pen) -> dict[str, object]:
        made.append(register_customer(pen=pen, name="许文博", phone="13800138000"))
        return {}

    post.within(known, "苏青")
    visit = post.visit(contact="许文博", customer_id=made[0].id, words={"vehicles": "沪A 12345"})
    number = post.issue(visit)
    post.issue(post.visit(visitor="别的公司"))
    shown = text(send(post, "高磊", "find_pass", post.gates["北门"], words=words))
    assert f"{number} 号证" in shown
    assert "别的公司" not in shown
    assert "没有证的客人不能进" in text(
        send(post, "高磊", "find_pass", post.gates["北门"], words="无此人")
    )


@pytest.mark.clause("CV-4.1")
def test_a_refused_pass_offers_the_supervisor_and_only_them_to_admit(post: Post) -> None:
    number = post.issue(post.visit(opens=60))
    told = {"code": str(number), "way": "in"}
    assert "请值班队长用自己的账号特准" in text(
        send(post, "高磊", "scan", post.gates["北门"], **told)
    )
    assert send(post, "高磊", "admit", post.gates["北门"], reason="急", **told).status_code == 403
    assert "特准放行" in text(send(post, "周队", "scan", post.gates["北门"], **told))
    missing = send(post, "周队", "admit", post.gates["北门"], **told)
    assert missing.status_code == 422
    assert f'name="code" value="{number}"' in text(missing), "whom it is about is still known"
    assert "放行" in text(
        send(post, "周队", "admit", post.gates["北门"], reason="公司安排", **told)
    )
    assert post.inside() == {number: 1}


@pytest.mark.clause("CV-4.1")
def test_the_script_gets_the_answer_and_the_same_scan_twice_is_one(post: Post) -> None:
    number = post.issue(post.visit(), persons=2)
    told = {
        "code": code_of(post, number), "way": "in", "nonce": "abcdefgh", "key": "abcdefgh",
        "device_at": post.now.isoformat(),
    }  # fmt: skip
    browser, page = post.browser("高磊"), reverse("tours:scan", args=[post.gates["北门"]])
    first, again = (
        browser.post(page, told, headers={"Accept": "application/json"}).json() for _ in range(2)
    )
    assert first["allowed"]
    assert first["event"] == again["event"]
    assert post.inside() == {number: 1}
    told |= {
        "device_at": (post.now - timedelta(minutes=9)).isoformat(),
        "nonce": "ijklmnop",
        "key": "x",
    }
    off = browser.post(page, told, headers={"Accept": "application/json"}).json()
    assert (off["allowed"], off["code"]) == (False, "clock_off")
    bad = browser.post(page, {**told, "code": ""}, headers={"Accept": "application/json"})
    assert (bad.status_code, bad.json()["refused"]) == (422, "请扫参观证上的码，或输入证号。")


def list_at(post: Post, who: str = "高磊", gate: str = "北门") -> dict[str, Any]:
    browser = post.browser(who)
    browser.cookies["gate_phone"] = str(
        uuid5(NAMESPACE_URL, gate)
    )  # the gate's tablet, whoever holds it
    answer = browser.post(reverse("tours:gate_list", args=[post.gates[gate]]), {"waiting": "2"})
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.clause("CV-4.1")
def test_the_list_has_all_a_gate_needs_without_a_line_and_nothing_of_the_guests_themselves(
    post: Post,
) -> None:
    visit = post.visit(contact="许文博", words={"purpose": "看生产线"})
    number, gone = post.issue(visit, 3), post.issue(visit)
    post.do(verbs.revoke, "苏青", number=gone, reason="不来了")
    post.scan(number, count=2)
    told = list_at(post)
    by_number = {one["number"]: one for one in told["passes"]}
    assert by_number[number]["there"] == [[["plant"], 2]]
    assert by_number[gone]["fates"] == {"1": "void"}
    assert told["headcounts"] == {str(visit.id): 12}
    assert told["zones"] == [[], ["plant"], ["plant", "workshop"]]
    assert len(told["keys"]) == 1, "the first key is there before the line is gone"
    assert not told["supervises"]
    assert list_at(post, "周队")["supervises"]
    assert "许文博" not in json.dumps(told, ensure_ascii=False)
    assert "看生产线" not in json.dumps(told, ensure_ascii=False)
    post.later(hours=3)
    post.out(number, "南门", count=2)
    assert list_at(post)["passes"] == [], "what can't be shown any more isn't taken along"


def bring(post: Post, who: str = "高磊", *scans: dict[str, Any]) -> Any:
    now = int(post.now.timestamp() * 1000)
    load = {"listed_at": now - 60_000, "sent_at": now, "scans": list(scans)}
    page = reverse("tours:gate_merge", args=[post.gates["北门"]])
    return post.browser(who).post(page, json.dumps(load), content_type="application/json")


@pytest.mark.clause("CV-4.1")
def test_what_a_device_kept_is_taken_in_and_nonsense_isnt(post: Post) -> None:
    number = post.issue(post.visit())
    post.later(minutes=2)
    at = int(post.now.timestamp() * 1000) - 29_877
    scan = {
        "code": code_of(post, number),
        "way": "in",
        "count": 1,
        "at": at,
        "nonce": "n" * 12,
        "let_in": True,
    }
    assert bring(post, "高磊", scan).json() == {"merged": 1, "repeated": 0, "clashes": 0}
    assert bring(post, "高磊", scan).json() == {"merged": 0, "repeated": 1, "clashes": 0}
    assert post.inside() == {number: 1}
    for wrong in ({**scan, "at": "gestern"}, {**scan, "way": "up"}, {**scan, "nonce": ""}, {}):
        assert bring(post, "高磊", wrong).status_code == 422
    assert bring(post, "苏青", scan).status_code == 403


def test_the_page_that_is_kept_for_later_names_nobody(post: Post) -> None:
    post.scan(post.issue(post.visit()))
    shell = text(post.browser("高磊").get(reverse("tours:gate_shell", args=[post.gates["北门"]])))
    assert "北门" in shell
    for words in ("云启科技", "高磊", "韩工", str(post.id("高磊")), "csrfmiddlewaretoken"):
        assert words not in shell


@pytest.mark.clause("CV-4.1")
def test_who_is_here_and_an_evacuation_by_page(post: Post) -> None:
    visit = post.visit(visitor="长风科技")
    post.scan(post.issue(visit, 3, SHOP), "车间门", count=3)
    page = text(post.browser("高磊").get(reverse("tours:here")))
    assert "长风科技" in page
    assert "车间 3 人" in page
    assert "应有 3 人" in text(send(post, "高磊", "roll_start", drill="1"))
    assert "还差 1 人" in text(send(post, "丁", "roll_mark", visit.id, safe=2))
    assert "还有 1 人没有找到" in text(send(post, "周队", "roll_end"))
    assert send(post, "丁", "roll_mark", visit.id, safe=2).status_code == 422


@pytest.mark.clause("CV-4.1")
def test_who_is_here_is_pushed_to_those_who_may_see_it_and_the_roll_to_those_who_call_it(
    post: Post,
) -> None:
    post.scan(post.issue(post.visit(visitor="长风科技"), 3, SHOP), "车间门", count=3)

    def pushed(who: str) -> str:
        held = badge(Staff.objects.get(id=post.id(who)), post.site, post.now)
        viewer = Viewer(held, "gate-here", csrf="t" * 32)
        return TOPICS["gate-here"].render(viewer).get("gate-here", "")

    assert "在场 3 人" in pushed("高磊")
    assert "开始清点" in pushed("高磊")
    assert "长风科技" in pushed("苏青")
    assert "开始清点" not in pushed("苏青")
    assert pushed("韩工") == ""


def test_clashes_are_shown_until_a_supervisor_says_what_they_were(post: Post) -> None:
    number = post.issue(post.visit())
    post.later(minutes=2)
    post.do(verbs.revoke, "苏青", number=number, reason="不来了")
    post.later(minutes=1)
    at = int(post.now.timestamp() * 1000) - 20_000
    scan = {
        "code": code_of(post, number),
        "way": "in",
        "count": 1,
        "at": at,
        "nonce": "m" * 12,
        "let_in": True,
    }
    bring(post, "高磊", scan)
    one = GateClash.objects.get()
    page = text(post.browser("高磊").get(reverse("tours:clashes")))
    assert "证已作废" in page
    assert "等队长核对" in page
    assert send(post, "高磊", "settle_clash", one.id, finding="x").status_code == 403
    assert send(post, "周队", "settle_clash", one.id, finding=" ").status_code == 422
    assert "核对结果记下了" in text(send(post, "周队", "settle_clash", one.id, finding="已请出场"))


def test_gates_are_set_up_by_reception_and_one_more_device_registers_itself(post: Post) -> None:
    shown = text(send(post, "苏青", "gates_settings", name="东门", on_site="on", areas=["rnd"]))
    assert "门岗设好了" in shown
    assert "已经有叫东门" in text(send(post, "苏青", "gates_settings", name="东门", on_site="on"))
    assert "请选这个门岗守着哪些区域" in text(send(post, "苏青", "gates_settings", name="西门"))
    from yingbin.tours.models import Gate

    east = Gate.objects.get(name="东门")
    assert "东门·2号机" in text(send(post, "高磊", "add_device", east.id))
    assert "停用了" in text(send(post, "苏青", "close_gate", east.id))
    assert "东门" not in text(post.browser("高磊").get(reverse("tours:gates")))
    assert send(post, "高磊", "gates_settings", name="x").status_code == 403


def test_nobody_reaches_a_gate_that_isnt_here(post: Post) -> None:
    for page in ("gate", "gate_shell", "find_pass"):
        assert post.browser("高磊").get(reverse(f"tours:{page}", args=[uuid4()])).status_code == 404
    for page in ("scan", "gate_list", "gate_merge"):
        assert send(post, "高磊", page, uuid4()).status_code == 404
    assert post.browser("韩工").get(reverse("tours:gates")).status_code == 403


def test_an_empty_house_teaches(post: Post) -> None:
    TourVisit.objects.all().delete()
    browser = post.browser("周队")
    for page, words in (
        ("here", "现在没有来访的客人在场"), ("evening", "没有在外的证"), ("clashes", "没有对不上的"),
        ("breaches", "还没有报告过"),
    ):  # fmt: skip
        assert words in text(browser.get(reverse(f"tours:{page}"))), page
