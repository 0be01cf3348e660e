"""渠道报备 and 来电 as pages: what each is worth and until which second, whom the lists show, what a refusal keeps."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.actions import calls, days
from yingbin.gallery.actions.agencies import AgencyReceipt, add_agency, register_by_agency
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.forms.calls import AgencyForm, CallForm, RegistrationForm
from yingbin.gallery.models import Agency, AgencyRegistration, Call
from yingbin.gallery.queries import calls as queries
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

PAGE = "/gallery/agencies/"


@pytest.fixture
def agreed(hall: Gallery) -> Gallery:
    """A gallery whose manager has signed for agencies: fifteen days, thirty minutes before."""
    values = {"opening": "sign_in", "channels": True}
    hall.do(days.set_policy, "郑岚", values=values, reason="与渠道签约")
    return hall


def agency(gallery: Gallery, name: str = "安居中介") -> UUID:
    """One agency in the list."""
    return gallery.do(add_agency, "苏晴", name=name)


def reported(gallery: Gallery, of: UUID, phone: str = "13812341234") -> AgencyRegistration:
    """A customer registered by this agency."""
    done: AgencyReceipt = gallery.do(
        register_by_agency, "苏晴", agency_id=of, name="欧阳静", phone=phone
    )
    return AgencyRegistration.objects.get(id=done.registration)


def test_while_the_policy_is_off_the_page_says_who_can_turn_it_on(
    client: Client, hall: Gallery
) -> None:
    desk = signed_in(client, hall, "苏晴").get(PAGE).content.decode()
    assert "没有开启渠道报备" in desk
    assert "去规则页" not in desk, "the desk can't sign a policy"
    assert "登记报备" not in desk
    assert "去规则页" in signed_in(client, hall, "郑岚").get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "opens"), [("苏晴", 200), ("许诺", 200), ("郑岚", 200), ("林悦", 403), ("秦明", 403)]
)
def test_agencies_are_kept_by_desk_lead_and_manager(
    client: Client, agreed: Gallery, name: str, opens: int
) -> None:
    page = signed_in(client, agreed, name)
    assert page.get(PAGE).status_code == opens
    page.post(f"{PAGE}new/", {"name": "链家", "key": "n"})
    assert Agency.objects.exists() is (opens == 200)


def test_an_empty_list_says_so_and_the_first_agency_has_to_be_added(
    client: Client, agreed: Gallery
) -> None:
    desk = signed_in(client, agreed, "苏晴")
    text = desk.get(PAGE).content.decode()
    assert "还没有报备" in text
    assert "先在下面加渠道" in text
    refused = desk.post(PAGE, {"agency": "", "q": "欧阳静 13812341234", "key": "r"})
    assert refused.status_code == 422
    assert "欧阳静 13812341234" in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "", "contact": "王经理"}, "请填写加一个渠道"),
        ({"name": "   ", "contact": "王经理"}, "请填写加一个渠道"),
        ({"name": "安居中介", "contact": "王经理"}, "「安居中介」已经在名单里了"),
        ({"name": " 安居中介 ", "contact": "王经理"}, "「安居中介」已经在名单里了"),
    ],
)
def test_a_name_stands_in_the_list_once_and_a_refusal_keeps_the_contact(
    client: Client, agreed: Gallery, typed: dict[str, str], says: str
) -> None:
    agency(agreed)
    refused = signed_in(client, agreed, "苏晴").post(f"{PAGE}new/", {**typed, "key": "n"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert says in text
    assert "王经理" in text
    assert Agency.objects.count() == 1


def test_an_agency_added_twice_by_one_tap_stands_once(client: Client, agreed: Gallery) -> None:
    desk = signed_in(client, agreed, "苏晴")
    for _ in range(2):
        page = desk.post(f"{PAGE}new/", {"name": "链  家", "key": "n"}, follow=True)
        assert "已加入名单" in page.content.decode()
    assert [a.name for a in Agency.objects.all()] == ["链 家"]
    assert Entry.objects.filter(kind="channel.added").count() == 1


def test_an_agency_that_ended_is_offered_no_more_and_its_name_is_free_again(
    client: Client, agreed: Gallery
) -> None:
    old = agency(agreed)
    Agency.objects.filter(id=old).update(ended_at=agreed.now)
    with pytest.raises(Refused, match="请从名单里选渠道"):
        reported(agreed, old)
    text = signed_in(client, agreed, "苏晴").get(PAGE).content.decode()
    assert str(old) not in text
    assert agency(agreed) != old


@pytest.mark.parametrize(
    ("phone", "which", "says"),
    [
        ("", "known", "报备请填完整号码"),
        ("  ", "known", "报备请填完整号码"),
        ("13812341234", "unknown", "请从名单里选渠道"),
        ("1381234", "known", "您输了 7 位，少四位"),
    ],
)
def test_a_registration_needs_an_agency_and_a_whole_number(
    agreed: Gallery, phone: str, which: str, says: str
) -> None:
    of = agency(agreed)
    with pytest.raises(Refused, match=says):
        reported(agreed, of if which == "known" else uuid4(), phone)
    assert not AgencyRegistration.objects.exists()


@pytest.mark.parametrize(
    ("before", "says"),
    [("", "报备有效"), ("other", "已由别的渠道报备"), ("visit", "报备无效"), ("call", "报备无效")],
)
def test_the_desk_reads_at_once_what_a_registration_is_worth(
    client: Client, agreed: Gallery, before: str, says: str
) -> None:
    if before == "other":
        reported(agreed, agency(agreed, "链家"))
    elif before == "visit":
        agreed.arrive(name="欧阳静", phone="13812341234")
    elif before == "call":
        agreed.do(calls.record_call, "林悦", told=CallTold(phone="13812341234", asked="问价"))
    sent = {"agency": str(agency(agreed)), "q": "欧阳静 138 1234 1234", "key": "r"}
    page = signed_in(client, agreed, "苏晴").post(PAGE, sent, follow=True)
    text = page.content.decode()
    assert says in text
    assert AgencyRegistration.objects.latest("seq").receipt in text
    assert "13812341234" not in text, "numbers are shown masked"
    assert "138****1234" in text


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(0), "报备不足30分钟"),
        (timedelta(minutes=30, seconds=-1), "报备不足30分钟"),
        (timedelta(minutes=30), "有效"),
        (timedelta(days=15), "有效"),
        (timedelta(days=15, seconds=1), "已过期"),
    ],
)
def test_a_registration_is_worth_something_between_its_two_seconds(
    client: Client, agreed: Gallery, after: timedelta, words: str
) -> None:
    row = reported(agreed, agency(agreed))
    at = row.at + after
    assert queries.standing_words(row, at, 30) == words
    said = queries.agency_words(agreed.site, [row.customer_id], at, 30)
    assert said == {str(row.customer_id): f"安居中介报备：{words}"}
    agreed.now = at
    if after < timedelta(days=1):
        assert words in signed_in(client, agreed, "苏晴").get(PAGE).content.decode()


def test_at_the_door_the_agency_that_was_first_is_named(client: Client, agreed: Gallery) -> None:
    """The policy holds from the next opening on."""
    agreed.do(days.close_gallery, "郑岚")
    agreed.later(24 * 60)
    agreed.do(days.open_gallery, "郑岚")
    for name in ("安居中介", "链家"):
        reported(agreed, agency(agreed, name))
    agreed.later(31)
    found = signed_in(client, agreed, "苏晴").post("/gallery/arrival/find/", {"q": "13812341234"})
    assert "安居中介报备：有效" in found.content.decode()
    assert "链家报备" not in found.content.decode()


def test_who_was_registered_stays_out_of_the_journal(agreed: Gallery) -> None:
    row = reported(agreed, agency(agreed))
    entry = Entry.objects.get(kind="channel.registered")
    assert (entry.body["customer"], entry.body["standing"]) == (str(row.customer_id), "valid")
    told = " ".join(str(e.body) for e in Entry.objects.all())
    for words in ("欧阳静", "13812341234", "安居中介"):
        assert words not in told


@pytest.mark.parametrize("many", [1, 31])
def test_the_lists_show_thirty_a_page_and_ask_the_same_number_of_questions(
    client: Client, agreed: Gallery, many: int, django_assert_max_num_queries: Any
) -> None:
    of = agency(agreed)
    for n in range(many):
        row = reported(agreed, of, f"1381234{n:04d}")
        agreed.do(calls.record_call, "林悦", told=CallTold(customer_id=row.customer_id))
    desk = signed_in(client, agreed, "苏晴")
    for path in (PAGE, "/gallery/calls/"):
        desk.get(path)
        with django_assert_max_num_queries(20):
            text = desk.get(path).content.decode()
        assert text.count("138****") == min(many, 30)
        assert f"138****{many - 1:04d}" in text, "the newest first"
        if many > 30:
            assert "138****0000" in desk.get(path, {"page": 2}).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"q": "欧阳静 1381234"}, "q", "电话不是有效号码"),
        ({"q": "很" * 41}, "q", "姓名最多 40 个字"),
        ({"customer": "x"}, "customer", "请从查到的客户里点选"),
        ({"next_contact": "周六"}, "next_contact", "请从日历里选"),
        ({"source": "tv"}, "source", "请从列表里选择怎么知道我们的"),
        ({"asked": "问" * 501}, "asked", "500"),
    ],
)
def test_a_call_that_cannot_be_read_says_why_at_its_field(
    typed: dict[str, str], field: str, says: str
) -> None:
    form = CallForm(typed)
    assert not form.is_valid()
    assert says in str(form.errors[field])


def test_a_card_that_was_tapped_makes_the_box_of_no_matter() -> None:
    form = CallForm({"q": "1234", "customer": str(uuid4()), "asked": "问价"})
    assert form.is_valid(), form.errors
    assert (form.told().name, form.told().phone) == ("", "")


@pytest.mark.parametrize("taker", ["苏晴", "郑岚", ""])
def test_a_call_is_taken_by_a_salesperson_or_whoever_writes_it_down(
    hall: Gallery, taker: str
) -> None:
    who = hall.id(taker) if taker else uuid4()
    told = CallTold(phone="13812341234", taken_by=who)
    if taker == "苏晴":
        hall.do(calls.record_call, "苏晴", told=told)
        assert Call.objects.get().taken_by == who
    else:
        with pytest.raises(Refused, match="请从名单里选接电话的同事"):
            hall.do(calls.record_call, "苏晴", told=told)


@pytest.mark.clause("TQ-1")
@pytest.mark.parametrize(("seconds", "kept"), [(-1, False), (0, False), (1, True)])
def test_the_next_contact_lies_ahead(hall: Gallery, seconds: int, kept: bool) -> None:
    due = hall.now + timedelta(seconds=1 + seconds)
    told = CallTold(phone="13812341234", name="欧阳静", next_contact=due)
    if not kept:
        with pytest.raises(Refused, match="已经过去了"):
            hall.do(calls.record_call, "林悦", told=told)
    else:
        hall.do(calls.record_call, "林悦", told=told)
    assert Matter.objects.filter(kind="follow_up", due_at=due).exists() is kept
    assert Call.objects.exists() is kept


@pytest.mark.parametrize(
    ("name", "asked", "sees"),
    [
        ("林悦", {}, {"问林悦"}),
        ("周航", {}, {"问周航"}),
        ("苏晴", {}, {"问林悦", "问周航"}),
        ("苏晴", {"mine": "1"}, set()),
        ("郑岚", {}, {"问林悦", "问周航"}),
    ],
)
def test_a_salesperson_sees_their_own_calls_desk_and_manager_all(
    client: Client, hall: Gallery, name: str, asked: dict[str, str], sees: set[str]
) -> None:
    for n, by in enumerate(("林悦", "周航")):
        told = CallTold(phone=f"1381234000{n}", asked=f"问{by}")
        hall.do(calls.record_call, by, told=told)
    text = signed_in(client, hall, name).get("/gallery/calls/", asked).content.decode()
    assert {w for w in ("问林悦", "问周航") if w in text} == sees
    assert ("还没有来电" in text) is (not sees)
    assert ("谁接的电话" in text) is (name != "林悦" and name != "周航")


def test_what_is_searched_for_finds_the_callers_of_that_number_alone(
    client: Client, hall: Gallery
) -> None:
    for end, asked in (("0001", "问学区"), ("0002", "问车位")):
        hall.do(calls.record_call, "林悦", told=CallTold(phone=f"1381234{end}", asked=asked))
    text = (
        signed_in(client, hall, "苏晴").post("/gallery/calls/", {"find": "0002"}).content.decode()
    )
    assert "问车位" in text
    assert "问学区" not in text
    assert Call.objects.count() == 2, "a search writes nothing"


def test_forms_of_agencies_say_what_is_missing() -> None:
    assert "请填写客户姓名和电话" in str(RegistrationForm({}, agencies=[]).errors)
    assert "请从列表里选择渠道" in str(RegistrationForm({"agency": "x"}, agencies=[]).errors)
    assert "请填写加一个渠道" in str(AgencyForm({}).errors)
