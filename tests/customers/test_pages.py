"""The customers' pages: who gets in, what they show, what they keep when something is refused."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.customers import actions
from yingbin.customers.models import Customer, CustomerPhone, Merge, Reveal

from .office import Office, as_

PHONE = "13800008821"


@pytest.fixture
def zhangsan(office: Office) -> UUID:
    """张三, 林悦's customer."""
    one = office.do(actions.register, "苏晴", name="张三", phone=PHONE, title="mr").customer
    office.do(
        actions.assign_receiver,
        "郑岚",
        customer_id=one,
        staff_id=office.id("林悦"),
        reason="老客户",
    )
    return one


def at(name: str, *args: Any) -> str:
    return reverse(f"customers:{name}", args=args)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_box_works_as_a_plain_page_and_as_a_fragment(office: Office, zhangsan: UUID) -> None:
    desk = as_(office, "苏晴")
    for page in ("index", "find"):
        html = text(desk.post(at(page), {"q": "8821"}))
        assert "张三先生" in html
        assert "138****8821" in html
        assert "林悦的客户" in html
    assert "<html" not in text(desk.post(at("find"), {"q": "zs"}))
    assert "没有找到" in text(desk.post(at("index"), {"q": "不存在"}))


def test_no_page_shows_a_whole_number_unasked(office: Office, zhangsan: UUID) -> None:
    twin = office.do(actions.register, "苏晴", name="李四", phone=PHONE).customer
    office.do(actions.merge, "郑岚", into_id=zhangsan, source_id=twin, why="本人确认")
    phone = CustomerPhone.objects.filter(customer=zhangsan).get()
    office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="回访客户")
    pages = [at(n) for n in ("index", "merges", "reveals")]
    pages += [at("card", zhangsan), at("merge", zhangsan), at("index") + "?q=8821"]
    manager = as_(office, "郑岚")
    for page in pages:
        html = text(manager.get(page))
        assert PHONE not in html, page
        assert re.search(r"138\d{8}", html) is None


def test_a_logged_tap_shows_the_number_once(office: Office, zhangsan: UUID) -> None:
    phone = CustomerPhone.objects.get()
    sales = as_(office, "林悦")
    page = at("reveal", zhangsan, phone.id)
    refused = sales.post(page, {"key": "a"})
    assert refused.status_code == 422
    assert not Reveal.objects.exists()
    for _ in range(2):
        answer = sales.post(page, {"key": "b", "why": "回访客户"})
        assert PHONE in text(answer)
        assert "no-store" in answer["Cache-Control"]
    assert Reveal.objects.count() == 1
    assert PHONE not in text(sales.get(at("card", zhangsan)))
    log = text(as_(office, "郑岚").get(at("reveals")))
    assert "林悦" in log
    assert "回访客户" in log


@pytest.mark.clause("TQ-8")
def test_a_salesperson_finds_a_colleagues_customer_but_does_not_open_the_card(
    office: Office, zhangsan: UUID
) -> None:
    colleague = as_(office, "周航")
    assert "张三先生" in text(colleague.post(at("index"), {"q": "8821"}))
    answer = colleague.get(at("card", zhangsan))
    assert answer.status_code == 403
    assert "林悦接待" in text(answer)
    phone = CustomerPhone.objects.get()
    for page, sent in [
        (at("reveal", zhangsan, phone.id), {"why": "回访客户"}),
        (at("edit", zhangsan), {"name": "别人"}),
        (at("add_phone", zhangsan), {"phone": "13900000000"}),
        (at("consent", zhangsan), {"how": "spoken", "given": "yes"}),
    ]:
        assert colleague.post(page, sent).status_code == 403
    assert not Reveal.objects.exists()


EVERY = {
    "index": ("郑岚", "许诺", "苏晴", "林悦", "周航", "吴敏"),
    "find": ("郑岚", "许诺", "苏晴", "林悦", "周航", "吴敏"),
    "register": ("郑岚", "许诺", "苏晴", "林悦", "周航", "吴敏"),
    "merges": ("郑岚",),
    "reveals": ("郑岚",),
    "card": ("郑岚", "许诺", "苏晴", "林悦"),
    "merge": ("郑岚",),
}


@pytest.mark.parametrize("where", EVERY)
def test_each_page_opens_to_those_it_is_for(office: Office, zhangsan: UUID, where: str) -> None:
    url = at(where, zhangsan) if where in ("card", "merge") else at(where)
    ask = "post" if where == "find" else "get"
    got_in = [w for w in office.staff if getattr(as_(office, w), ask)(url).status_code == 200]
    assert got_in == list(EVERY[where])
    stranger = Client().get(url)
    assert (stranger.status_code, stranger["Location"][:7]) == (302, "/login/")


@pytest.mark.parametrize("where", ["receiver", "merge", "undo_merge", "dismiss"])
def test_the_managers_verbs_are_the_managers(office: Office, zhangsan: UUID, where: str) -> None:
    made = office.do(
        actions.merge,
        "郑岚",
        into_id=zhangsan,
        source_id=office.do(actions.register, "苏晴", name="李四").customer,
        why="本人确认",
    ).merge
    urls = {"undo_merge": at("undo_merge", made), "dismiss": at("dismiss")}
    url = urls.get(where) or at(where, zhangsan)
    for who in ("许诺", "苏晴", "林悦", "高磊"):
        assert as_(office, who).post(url, {"reason": "x", "why": "x"}).status_code == 403
    assert Merge.objects.get().undone_at is None


def test_another_sites_customer_is_a_404_by_typed_address(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    phone = CustomerPhone.objects.get()
    manager = as_(other, "郑岚")
    assert manager.get(at("card", zhangsan)).status_code == 404
    assert manager.get(at("merge", zhangsan)).status_code == 404
    assert manager.post(at("edit", zhangsan), {"name": "改"}).status_code == 404
    reveal = manager.post(at("reveal", zhangsan, phone.id), {"why": "回访客户"})
    assert reveal.status_code == 404
    assert manager.get(at("card", UUID(int=5))).status_code == 404


def test_registering_keeps_what_was_typed_and_says_what_is_wrong(office: Office) -> None:
    desk = as_(office, "苏晴")
    answer = desk.post(at("register"), {"name": "张三", "phone": "1380000882", "note": "三房"})
    assert answer.status_code == 422
    html = text(answer)
    for kept in ("张三", "1380000882", "三房", "少一位"):
        assert kept in html
    answer = desk.post(at("register"), {"key": "k", "name": "张三", "phone": PHONE})
    assert answer.status_code == 302
    again = desk.post(at("register"), {"key": "k", "name": "张三", "phone": PHONE})
    assert again["Location"] == answer["Location"]
    assert Customer.objects.count() == 1
    known = desk.post(at("register"), {"name": "张", "phone": PHONE}, follow=True)
    assert "以前登记过" in text(known)
    assert "姓名或电话" in text(desk.post(at("register"), {}))


def test_a_card_is_kept_by_its_forms(office: Office, zhangsan: UUID) -> None:
    desk = as_(office, "苏晴")
    wrong = desk.post(at("add_phone", zhangsan), {"phone": "139000"})
    assert wrong.status_code == 422
    assert "139000" in text(wrong)
    sent = {"name": "章三", "title": "ms", "note": "想看三房"}
    html = text(desk.post(at("edit", zhangsan), sent, follow=True))
    assert "章三女士" in html
    assert "想看三房" in html
    html = text(desk.post(at("add_phone", zhangsan), {"phone": "+852 9123 4567"}, follow=True))
    assert "+852 ****4567" in html
    html = text(desk.post(at("add_name", zhangsan), {"name": "Sam"}, follow=True))
    assert "Sam" in html
    html = text(desk.post(at("consent", zhangsan), {"how": "spoken", "given": "yes"}, follow=True))
    assert "已同意" in html


def test_what_an_action_refuses_stays_in_its_box_with_the_reason(
    office: Office, zhangsan: UUID
) -> None:
    desk, manager = as_(office, "苏晴"), as_(office, "郑岚")
    wife = office.do(actions.register, "苏晴", name="李梅").customer
    office.do(actions.merge, "郑岚", into_id=zhangsan, source_id=wife, why="一家人")
    merged = {"other": str(wife), "into": str(zhangsan), "why": "本人电话里说的"}
    for browser, page, sent, kept, said in [
        (desk, at("add_phone", zhangsan), {"phone": PHONE}, PHONE, "这个号码已经在卡片上了"),
        (desk, at("add_name", zhangsan), {"name": "张三"}, 'value="张三"', "已经在卡片上了"),
        (manager, at("merge", zhangsan), merged, "本人电话里说的", "已经是同一位客户"),
        (manager, at("privacy", zhangsan), {"reason": "来信", "sure": "999"}, "来信", "手工输入客户编号"),
        (manager, at("hand_out", zhangsan), {"reason": "  "}, "out_reason", "请填写依据"),
        (manager, at("word"), {"text": "太短"}, "太短", "20 到 600 个字"),
    ]:  # fmt: skip
        answer = browser.post(page, sent)
        assert answer.status_code == 422, page
        assert kept in text(answer), page
        assert said in text(answer), page


def test_ticks_for_an_erasure_stay_when_the_reason_is_missing(
    office: Office, zhangsan: UUID
) -> None:
    Customer.objects.update(last_seen_at=office.now.replace(year=2020))
    manager, tick = as_(office, "郑岚"), f"1:{zhangsan}"
    unsaid = manager.post(at("retention_erase"), {"customer": tick, "reason": ""})
    assert unsaid.status_code == 422
    assert re.search(rf'value="{tick}"\s+checked', text(unsaid))
    for sent, said in [
        ({"reason": "满两年"}, "请先勾选"),
        ({"reason": "满两年", "customer": "1:zhangsan"}, "请重新预览"),
        ({"reason": "满两年", "customer": [tick, *(f"{n}:{n}" for n in range(50))]}, "最多删除 50"),
    ]:
        refused = manager.post(at("retention_erase"), sent)
        assert refused.status_code == 422
        assert said in text(refused)
        assert "满两年" in text(refused)
    assert Customer.objects.get().erased_at is None


def test_the_manager_gives_a_customer_to_someone_here(office: Office, zhangsan: UUID) -> None:
    manager = as_(office, "郑岚")
    other = Office("jiangnan", "江南里销售中心")
    for sent in (
        {"staff": str(office.id("周航"))},
        {"staff": str(other.id("林悦")), "reason": "x"},
    ):
        assert manager.post(at("receiver", zhangsan), sent).status_code == 422
    sent = {"staff": str(office.id("周航")), "reason": "林悦离职"}
    html = text(manager.post(at("receiver", zhangsan), sent, follow=True))
    assert "林悦离职" in html
    assert as_(office, "周航").get(at("card", zhangsan)).status_code == 200


def test_merging_and_undoing_by_the_pages(office: Office, zhangsan: UUID) -> None:
    twin = office.do(actions.register, "苏晴", name="张叁", phone="13800008812").customer
    manager = as_(office, "郑岚")
    assert "张叁" in text(manager.post(at("merge", zhangsan), {"q": "张叁"}))
    page = at("merge", zhangsan)
    sent = {"other": str(twin), "into": str(twin), "why": ""}
    refused = manager.post(page, sent)
    assert refused.status_code == 422
    html = text(manager.post(page, sent | {"why": "本人确认"}, follow=True))
    assert "撤销合并" in html
    made = Merge.objects.get()
    assert (made.into_id, made.source_id) == (twin, zhangsan)
    html = text(manager.post(at("undo_merge", made.id), {}, follow=True))
    assert "恢复原样" in html
    odd = manager.post(page, {"other": str(twin), "into": str(UUID(int=9)), "why": "x"})
    assert odd.status_code == 422


def test_lists_cost_the_same_for_one_and_for_thirty(office: Office) -> None:
    manager = as_(office, "郑岚")

    def add(n: int) -> None:
        phone = f"138000{n:05d}"
        one = office.do(actions.register, "苏晴", name=f"赵{n}", phone=phone).customer
        office.do(actions.register, "苏晴", name=f"钱{n}", phone=phone)
        row = CustomerPhone.objects.get(customer_id=one)
        office.do(actions.reveal, "郑岚", customer_id=one, phone_id=row.id, why="回访客户")

    def costs() -> dict[str, int]:
        found = {}
        for where in ("index", "merges", "reveals"):
            with CaptureQueriesContext(connection) as seen:
                assert manager.get(at(where)).status_code == 200
            found[where] = len(seen)
        return found

    add(0)
    costs()
    few = costs()
    for n in range(1, 30):
        add(n)
    assert costs() == few
    assert max(few.values()) <= 16, few


def test_a_card_costs_the_same_however_much_stands_on_it(office: Office, zhangsan: UUID) -> None:
    manager = as_(office, "郑岚")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(at("card", zhangsan)).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for n in range(12):
        phone = f"139000{n:05d}"
        office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone=phone)
        office.do(actions.add_name, "苏晴", customer_id=zhangsan, name=f"别名{n}")
        to = office.id("林悦" if n % 2 else "周航")
        office.do(actions.assign_receiver, "郑岚", customer_id=zhangsan, staff_id=to, reason="轮换")
    assert cost() == few
    assert few <= 26, few
