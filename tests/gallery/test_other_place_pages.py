"""Nothing of one gallery exists at another: no page, no button and no file of it, whatever the address says."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import calls, cases, days, presence, receptions
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.models import RegisterEntry, TurnEvent
from yingbin.journal.action import Acting
from yingbin.journal.models import Entry
from yingbin.people.models import Assignment, Site

ROLES = {"郑岚": "sales_manager", "苏晴": "receptionist", "林悦": "salesperson"}


class Street:
    """湖畔 with a day behind it, and three of its people who now work at 江岸 alone."""

    def __init__(self, hall: Gallery) -> None:
        self.hall = hall
        visit = hall.arrive(name="欧阳静", phone="13812341234")
        hall.sign(visit, name="欧阳静")
        told = CallTold(customer_id=visit.customer_id, asked="问学区")
        hall.do(calls.record_call, "周航", told=told)
        parties = [hall.id("林悦"), hall.id("周航")]
        dispute = hall.do(
            cases.open_dispute, "林悦",
            customer_id=visit.customer_id, parties=parties, words="上周来电是我接的",
        )  # fmt: skip
        leave = hall.do(presence.ask_business_leave, "吴敏", note="去房管局")
        claim = hall.do(
            receptions.claim_unrelated, "林悦", visit_id=visit.id, note="是来应聘的，没有看房"
        )
        event = TurnEvent.objects.filter(visit=visit).earliest("index")
        assert visit.customer_id
        self.ids: dict[str, UUID] = {
            "visit": visit.id,
            "customer": visit.customer_id,
            "entry": RegisterEntry.objects.get().id,
            "dispute": dispute.dispute,
            "leave": leave,
            "claim": claim,
            "event": event.id,
            "who": hall.id("周航"),
        }
        self.day = hall.now.date().isoformat()
        site = Site.objects.create(
            kind="sales_centre", code="jiang-an", name="江岸销售中心", short_name="江岸"
        )
        since = hall.now - timedelta(days=1)
        for name, role in ROLES.items():
            Assignment.objects.filter(staff_id=hall.id(name)).delete()
            Assignment.objects.create(site=site, staff_id=hall.id(name), role=role, since=since)
        self.site = site
        days.open_gallery(Acting(site.id, "open", hall.id("郑岚"), hall.now))

    def path(self, address: str) -> str:
        """The address with the ids of 湖畔."""
        return f"/s/{self.site.code}/gallery/" + address.format(**self.ids)


@pytest.fixture
def street(hall: Gallery) -> Street:
    """Two open galleries."""
    return Street(hall)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("苏晴", "visit/{visit}/"),
        ("林悦", "visit/{visit}/reception/"),
        ("林悦", "visit/{visit}/sign/"),
        ("林悦", "entry/{entry}/"),
        ("郑岚", "entry/{entry}/"),
        ("郑岚", "entry/{entry}/correct/"),
        ("郑岚", "cases/{dispute}/"),
        ("林悦", "cases/{dispute}/"),
        ("林悦", "cases/open/{customer}/"),
        ("郑岚", "cases/open/{customer}/"),
        ("郑岚", "cases/{dispute}/packet/"),
        ("郑岚", "customer/{customer}/file/"),
        ("郑岚", "customer/{customer}/packet/"),
        ("郑岚", "event/{event}/other-policy/"),
    ],
)
def test_no_page_of_another_gallerys_row_opens(
    client: Client, street: Street, name: str, address: str
) -> None:
    page = signed_in(client, street.hall, name).get(street.path(address))
    assert page.status_code == 404
    assert "欧阳静" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "address", "sent"),
    [
        ("苏晴", "visit/{visit}/undo/", {}),
        ("苏晴", "visit/{visit}/again/", {}),
        ("苏晴", "visit/{visit}/another/", {}),
        ("苏晴", "visit/{visit}/identify/", {"name": "李娜", "phone": "13900005678"}),
        ("苏晴", "visit/{visit}/anyone/", {}),
        ("苏晴", "visit/{visit}/leave/", {"no_contact": "赶时间"}),
        ("苏晴", "visit/{visit}/describe/", {"looks": "红外套"}),
        ("苏晴", "visit/{visit}/service/", {"what": "热茶"}),
        ("苏晴", "visit/{visit}/question/", {"question": "学区怎么划"}),
        ("林悦", "visit/{visit}/accept/", {}),
        ("林悦", "visit/{visit}/finish/", {"without_entry": "客户走了"}),
        ("林悦", "visit/{visit}/claim/", {"note": "是来应聘的"}),
        ("林悦", "visit/{visit}/hand-over/", {}),
        ("林悦", "visit/{visit}/needs/", {"rooms": "3"}),
        ("林悦", "visit/{visit}/step/talk/", {"note": "问了价"}),
        ("林悦", "visit/{visit}/fault/", {"what": "茶几有裂纹"}),
        ("林悦", "visit/{visit}/drinks/", {"what": "热茶"}),
        ("林悦", "cases/{dispute}/state/", {"words": "我先接的"}),
        ("郑岚", "cases/{dispute}/rule/", {"reason": "按来电"}),
        ("郑岚", "cases/{dispute}/pdf/", {"why": "公司复核"}),
        ("郑岚", "customer/{customer}/file/pdf/", {"why": "公司复核"}),
        ("郑岚", "supervision/override/{visit}/", {"to": "{who}", "reason": "客户要求"}),
        ("郑岚", "supervision/person/{who}/sign-out/", {}),
        ("郑岚", "supervision/person/{who}/meal/", {}),
    ],
)
def test_no_button_works_on_another_gallerys_row(
    client: Client, street: Street, name: str, address: str, sent: dict[str, str]
) -> None:
    lines = Entry.objects.count()
    told = {field: typed.format(**street.ids) for field, typed in sent.items()}
    page = signed_in(client, street.hall, name).post(street.path(address), {**told, "key": "k"})
    assert page.status_code == 404
    assert Entry.objects.count() == lines, "nothing was written at either place"


@pytest.mark.parametrize(
    ("address", "sent", "said"),
    [
        ("supervision/leave/{leave}/", {"grant": "yes"}, "没有"),
        ("supervision/claim/{claim}/", {"confirm": "yes", "how": "当面说的"}, "没有找到这条申报"),
    ],
)
def test_a_request_made_at_another_gallery_is_answered_there_alone(
    client: Client, street: Street, address: str, sent: dict[str, str], said: str
) -> None:
    lines = Entry.objects.count()
    manager = signed_in(client, street.hall, "郑岚")
    page = manager.post(street.path(address), {**sent, "key": "k"}, follow=True)
    assert page.status_code in (404, 422)
    assert page.status_code == 404 or said in page.content.decode()
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("苏晴", "arrival/"),
        ("苏晴", "waiting/"),
        ("苏晴", "board/"),
        ("苏晴", "calls/"),
        ("苏晴", "agencies/"),
        ("苏晴", "register/"),
        ("苏晴", "decisions/"),
        ("苏晴", "outage/"),
        ("林悦", "mine/"),
        ("林悦", "reception/"),
        ("林悦", "cases/"),
        ("林悦", "cases/minute/"),
        ("郑岚", "supervision/"),
        ("郑岚", "supervision/policy/"),
        ("郑岚", "register/exports/"),
        ("郑岚", "outage/late/"),
        ("郑岚", "succession/"),
    ],
)
def test_a_list_of_one_gallery_names_nobody_of_another(
    client: Client, street: Street, name: str, address: str
) -> None:
    page = signed_in(client, street.hall, name).get(street.path(address))
    text = page.content.decode()
    assert page.status_code == 200
    for secret in ("欧阳静", "****1234", "周航", "吴敏", "问学区"):
        assert secret not in text, secret


def test_a_receipt_and_a_day_of_another_gallery_are_not_found(
    client: Client, street: Street
) -> None:
    code = TurnEvent.objects.get(id=street.ids["event"]).decisions.all()[0].receipt
    page = signed_in(client, street.hall, "林悦")
    found = page.get(street.path("decisions/receipt/"), {"code": code})
    assert found.status_code == 200
    assert str(street.ids["visit"]) not in found.content.decode()
    assert page.get(street.path(f"decisions/root/{street.day}/")).status_code == 404


def test_a_customer_who_is_here_at_one_gallery_is_unknown_to_the_desk_of_the_other(
    client: Client, street: Street
) -> None:
    desk = signed_in(client, street.hall, "苏晴")
    found = desk.post(street.path("arrival/find/"), {"q": "13812341234"}).content.decode()
    assert "欧阳静" not in found
    assert str(street.ids["customer"]) not in found
    sent = {"customer": str(street.ids["customer"]), "asked": "问价", "key": "c"}
    refused = desk.post(street.path("calls/"), sent)
    assert refused.status_code == 422
    assert "没有找到点选的客户" in refused.content.decode()


@pytest.mark.parametrize(
    "name",
    ["visit", "undo", "accept", "finish", "claim", "reception", "sign", "leave", "service"],
)
def test_a_visit_that_never_was_is_not_found(client: Client, hall: Gallery, name: str) -> None:
    someone = signed_in(
        client, hall, "苏晴" if name in ("visit", "undo", "leave", "service") else "林悦"
    )
    path = reverse(f"gallery:{name}", args=[uuid4()])
    ask = someone.get if name in ("visit", "reception", "sign") else someone.post
    assert ask(path).status_code == 404
