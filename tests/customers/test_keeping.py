"""How a card is kept: consent in its version, whose customer it is, who looked, what goes and what is read out."""

from datetime import timedelta
from uuid import UUID

import pytest

from yingbin.customers import actions, queries
from yingbin.customers.actions import hand_over_customers
from yingbin.customers.models import Consent, Customer, CustomerPhone, ReceiverOfRecord, Reveal
from yingbin.customers.queries import Section, everything, long_unseen, reveals
from yingbin.customers.wording import SHIPPED
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused

from .office import Office

OWN = "我们只记下您的称呼和电话，用于联系您看房；您随时可以请前台查看或删除。"


@pytest.fixture
def zhangsan(office: Office) -> UUID:
    """张三 with a phone."""
    return office.do(actions.register, "苏晴", name="张三", phone="13800008821").customer


# Consent


def test_consent_is_under_the_wording_in_force_unless_another_was_shown(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken")
    own = office.do(actions.word_consent, "郑岚", text=OWN)
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken")
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="paper", wording_version=SHIPPED)
    told = Consent.objects.order_by("seq").values_list("how", "wording_version")
    assert list(told) == [("spoken", SHIPPED), ("spoken", own), ("paper", SHIPPED)]


@pytest.mark.parametrize(
    ("told", "said", "about"),
    [
        ({"how": "guessed"}, "怎样表示同意", "how"),
        ({"how": ""}, "怎样表示同意", "how"),
        ({"how": "spoken", "wording_version": "20200101-9"}, "没有这一版告知内容", ""),
    ],
)
def test_a_consent_nobody_can_have_given_is_refused(
    office: Office, zhangsan: UUID, told: dict[str, str], said: str, about: str
) -> None:
    with pytest.raises(Refused, match=said) as no:
        office.do(actions.consent, "苏晴", customer_id=zhangsan, **told)
    assert no.value.about == about
    assert not Consent.objects.exists()


def test_another_sites_wording_was_never_shown_here(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    theirs = other.do(actions.word_consent, "郑岚", text=OWN)
    with pytest.raises(Refused, match="没有这一版"):
        office.do(
            actions.consent, "苏晴", customer_id=zhangsan, how="spoken", wording_version=theirs
        )
    assert queries.wording_in_force(office.site).version == SHIPPED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "20 到 600 个字"),
        ("请同意。", "20 到 600 个字"),
        (" " * 30, "20 到 600 个字"),
        ("告" * 601, "20 到 600 个字"),
    ],
)
def test_a_text_that_tells_customers_nothing_is_no_wording(
    office: Office, text: str, said: str
) -> None:
    with pytest.raises(Refused, match=said) as no:
        office.do(actions.word_consent, "郑岚", text=text)
    assert no.value.about == "text"


def test_the_same_words_are_no_new_version_whatever_their_spaces(office: Office) -> None:
    first = office.do(actions.word_consent, "郑岚", text=OWN)
    with pytest.raises(Refused, match="没有新的版本"):
        office.do(actions.word_consent, "郑岚", text=f"  {OWN}\n")
    second = office.do(actions.word_consent, "郑岚", text=f"{OWN}谢谢。")
    assert (first, second) == ("20261121-1", "20261121-2")
    told = [w.version for w in queries.wordings(office.site)]
    assert told == [second, first, SHIPPED]


# Whose customer


@pytest.mark.clause("TQ-8")
@pytest.mark.parametrize(
    ("to", "reason", "said", "about"),
    [
        ("林悦", " ", "写一句原因", "reason"),
        ("苏晴", "她更熟", "不是本案场的置业顾问", "staff"),
        ("郑岚", "我来跟", "不是本案场的置业顾问", "staff"),
    ],
)
def test_a_customer_is_given_with_a_reason_to_a_salesperson(
    office: Office, zhangsan: UUID, to: str, reason: str, said: str, about: str
) -> None:
    with pytest.raises(Refused, match=said) as no:
        office.do(actions.assign_receiver, "郑岚", customer_id=zhangsan, staff_id=office.id(to),
                  reason=reason)  # fmt: skip
    assert (no.value.about, no.value.clause) == (about, "TQ-8")
    assert not ReceiverOfRecord.objects.exists()


@pytest.mark.clause("TQ-8")
def test_another_sites_salesperson_receives_nobody_here(office: Office, zhangsan: UUID) -> None:
    other = Office("jiangnan", "江南里销售中心")
    with pytest.raises(Refused, match="不是本案场的置业顾问"):
        office.do(actions.assign_receiver, "郑岚", customer_id=zhangsan, staff_id=other.id("林悦"),
                  reason="调过来了")  # fmt: skip


@pytest.mark.clause("TQ-8")
def test_a_customer_may_become_nobodys_and_the_journal_says_whose_they_were(
    office: Office, zhangsan: UUID
) -> None:
    linyue = office.id("林悦")
    for who, why in ((linyue, "首次接待"), (None, "客户要求换人")):
        office.do(actions.assign_receiver, "郑岚", customer_id=zhangsan, staff_id=who, reason=why)
    assert queries.receiver_of_record(office.site, zhangsan) is None
    body = Entry.objects.filter(kind="customer.receiver").latest("seq").body
    assert (body["before"], body["receiver"]) == (str(linyue), None)
    assert "换人" not in str(body)


@pytest.mark.clause("TQ-8")
def test_a_leavers_customers_pass_on_under_one_entry(office: Office, zhangsan: UUID) -> None:
    lisi = office.do(actions.register, "苏晴", name="李四").customer
    for one in (zhangsan, lisi):
        office.do(actions.assign_receiver, "郑岚", customer_id=one, staff_id=office.id("林悦"),
                  reason="首次接待")  # fmt: skip
    to = {zhangsan: office.id("周航"), lisi: office.id("吴敏")}
    many = office.within(
        lambda pen: hand_over_customers(pen=pen, leaver=office.id("林悦"), to=to, reason="离职"),
        by="郑岚",
    )
    assert many == 2
    assert queries.receiver_of_record(office.site, zhangsan) == office.id("周航")
    assert queries.receiver_of_record(office.site, lisi) == office.id("吴敏")
    entry = Entry.objects.get(kind="customers.handed_over")
    assert entry.body["from"] == str(office.id("林悦"))
    assert entry.body["to"] == {str(k): str(v) for k, v in to.items()}
    assert {r.seq for r in ReceiverOfRecord.objects.filter(reason="离职")} == {entry.seq}
    each = queries.how_many_each(office.site)
    assert [(name, many) for _, name, many in each] == [("吴敏", 1), ("周航", 1)]


# Who looked at a number


def test_looks_are_listed_newest_first_with_who_why_and_no_whole_number(
    office: Office, zhangsan: UUID
) -> None:
    phone = CustomerPhone.objects.get(customer_id=zhangsan)
    for who, why in (("林悦", "回访客户"), ("周航", "核对身份")):
        office.do(actions.reveal, who, customer_id=zhangsan, phone_id=phone.id, why=why)
    seen = reveals(office.site)
    assert [(s.who, s.why, s.customer.called) for s in seen] == [
        ("周航", "核对身份", "张三"),
        ("林悦", "回访客户", "张三"),
    ]
    assert {s.phone for s in seen} == {"138****8821"}
    assert [s.who for s in reveals(office.site, by=office.id("林悦"))] == ["林悦"]
    assert len(reveals(office.site, customer_id=zhangsan, limit=1)) == 1
    assert reveals(office.site, customer_id=UUID(int=9)) == []


def test_a_look_at_a_number_taken_off_the_card_is_refused(office: Office, zhangsan: UUID) -> None:
    phone = CustomerPhone.objects.get(customer_id=zhangsan)
    office.do(actions.remove_phone, "苏晴", customer_id=zhangsan, phone_id=phone.id)
    with pytest.raises(Refused, match="已经不在卡片上"):
        office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="回访客户")
    with pytest.raises(Refused, match="请选一个查看用途"):
        office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why=" ")
    assert not Reveal.objects.exists()


def test_looks_at_an_erased_customer_stay_and_name_nobody(office: Office, zhangsan: UUID) -> None:
    phone = CustomerPhone.objects.get(customer_id=zhangsan)
    office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="回访客户")
    office.do(actions.erase_person, "郑岚", customer_id=zhangsan, reason="本人来信", sure="1")
    (seen,) = reveals(office.site)
    assert (seen.who, seen.customer.called) == ("林悦", "已删除的客户")
    assert "8821" not in seen.phone
    assert "回访" not in seen.why


# Retention and erasure


@pytest.mark.parametrize(
    ("days", "months", "goes"),
    [(59, 2, False), (60, 2, False), (61, 2, True), (800, 24, True), (700, 24, False), (9999, 0, False)],
)  # fmt: skip
def test_who_was_not_seen_for_so_many_months_of_thirty_days(
    office: Office, zhangsan: UUID, days: int, months: int, goes: bool
) -> None:
    seen = Customer.objects.get(id=zhangsan).last_seen_at
    found = long_unseen(office.site, months, seen + timedelta(days=days))
    assert [c.id for c in found] == ([zhangsan] if goes else [])


def test_long_unseen_are_those_shown_here_the_longest_first(office: Office, zhangsan: UUID) -> None:
    ids = [office.do(actions.register, "苏晴", name=n).customer for n in ("李四", "王五", "赵六")]
    for days, one in enumerate((zhangsan, *ids)):
        at = office.now - timedelta(days=400 + days)
        Customer.objects.filter(id=one).update(last_seen_at=at)
    office.do(actions.merge, "郑岚", into_id=ids[0], source_id=zhangsan, why="夫妻")
    office.do(actions.erase_person, "郑岚", customer_id=ids[1], reason="本人来信", sure="3")
    other = Office("jiangnan", "江南里销售中心")
    assert [c.id for c in long_unseen(office.site, 12, office.now)] == [ids[2], ids[0]]
    assert not long_unseen(other.site, 12, office.now)


@pytest.mark.parametrize(
    ("told", "said", "about"),
    [
        ({"reason": "", "sure": "1"}, "请写明依据", "reason"),
        ({"reason": "本人来信", "sure": ""}, "请手工输入客户编号 1 以确认", "sure"),
        ({"reason": "本人来信", "sure": "2"}, "删除后不能恢复", "sure"),
    ],
)
def test_nothing_is_erased_without_ground_and_the_cards_own_number(
    office: Office, zhangsan: UUID, told: dict[str, str], said: str, about: str
) -> None:
    with pytest.raises(Refused, match=said) as no:
        office.do(actions.erase_person, "郑岚", customer_id=zhangsan, **told)
    assert no.value.about == about
    assert queries.card(office.site, zhangsan) is not None


def test_an_erased_card_is_gone_for_every_verb(office: Office, zhangsan: UUID) -> None:
    office.do(actions.erase_person, "郑岚", customer_id=zhangsan, reason="本人来信", sure=" 1 ")
    again = {"customer_id": zhangsan, "reason": "再来一次", "sure": "1"}
    with pytest.raises(Refused, match="可能已经删除"):
        office.do(actions.erase_person, "郑岚", **again)
    with pytest.raises(Refused, match="可能已经删除"):
        office.do(actions.hand_out_person, "郑岚", customer_id=zhangsan, reason="本人查阅")
    with pytest.raises(Refused, match="请重新查找"):
        office.do(actions.edit, "苏晴", customer_id=zhangsan, name="张三")
    gone = queries.erased_lately(office.site)
    assert [(c.number, c.erased_why) for c in gone] == [(1, "本人来信")]


def test_an_erasure_takes_the_cards_merged_into_it_along(office: Office, zhangsan: UUID) -> None:
    other = office.do(actions.register, "苏晴", name="张叁", phone="13911112222").customer
    office.do(actions.merge, "郑岚", into_id=zhangsan, source_id=other, why="本人确认")
    done = office.do(actions.erase_person, "郑岚", customer_id=other, reason="本人来信", sure="1")
    assert done.cards == 2
    assert not CustomerPhone.objects.exclude(e164="").exists()
    body = Entry.objects.get(kind="customer.erased").body
    assert set(body["customers"]) == {str(zhangsan), str(other)}
    assert (body["counts"]["names"], body["counts"]["phones"]) == (2, 2)


# Read out to the person


def rows(sections: list[Section], title: str) -> list[list[str]]:
    return next((s.rows for s in sections if s.title == title), [])


def test_a_person_reads_names_numbers_consents_and_looks_also_of_merged_cards(
    office: Office, zhangsan: UUID
) -> None:
    other = office.do(actions.register, "苏晴", name="张叁", note="常来").customer
    office.do(actions.merge, "郑岚", into_id=zhangsan, source_id=other, why="本人确认")
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken")
    office.do(actions.consent, "苏晴", customer_id=zhangsan, how="spoken", given=False)
    phone = CustomerPhone.objects.get()
    office.do(actions.reveal, "林悦", customer_id=zhangsan, phone_id=phone.id, why="回访客户")
    told = everything(office.site, other)
    kept = [row[:2] for row in rows(told, "姓名与电话")]
    assert kept == [["姓名", "张三"], ["姓名", "张叁"], ["电话", "13800008821"], ["备注", "常来"]]
    assert [row[0] for row in rows(told, "同意记录")] == ["同意", "撤回"]
    assert rows(told, "谁看过完整号码") == [["2026-11-21 09:00", "回访客户"]]


def test_sections_without_a_row_are_left_out(office: Office) -> None:
    one = office.do(actions.register, "苏晴", name="李四").customer
    assert [s.title for s in everything(office.site, one)] == ["姓名与电话"]
    assert everything(office.site, UUID(int=9)) == []


def test_each_number_read_out_counts_as_looked_at_also_one_taken_off(
    office: Office, zhangsan: UUID
) -> None:
    office.do(actions.add_phone, "苏晴", customer_id=zhangsan, phone="13911112222")
    old = CustomerPhone.objects.get(e164="+8613800008821")
    office.do(actions.remove_phone, "苏晴", customer_id=zhangsan, phone_id=old.id)
    with pytest.raises(Refused, match="请写明依据"):
        office.do(actions.hand_out_person, "郑岚", customer_id=zhangsan, reason=" ")
    receipt = office.do(actions.hand_out_person, "郑岚", customer_id=zhangsan, reason="本人到访")
    entry = Entry.objects.get(kind="customer.handed_out")
    assert entry.receipt == receipt
    looks = Reveal.objects.all()
    assert {look.phone.e164 for look in looks} == {"+8613800008821", "+8613911112222"}
    assert {look.why for look in looks} == {"本人查阅：本人到访"}
    assert set(entry.body["reveals"]) == {str(look.id) for look in looks}
