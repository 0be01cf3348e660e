"""Something asked, granted or declined by somebody else, never by oneself."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.approvals.kinds import FOLLOWED, OVERTIME, VISIT, ask, decide
from tests.customers.office import Office, as_
from tests.force import guards_off
from yingbin.approvals import actions, privacy, queries
from yingbin.approvals.models import Approval
from yingbin.journal.action import Acting, action
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.notices.models import Notice
from yingbin.people.actions import delegate
from yingbin.rules import approvals as rule
from yingbin.rules.approvals import Request
from yingbin.rules.decision import Refused


def told(office: Office, who: str) -> list[str]:
    rows = Notice.objects.filter(to_id=office.id(who)).order_by("id")
    return list(rows.values_list("title", flat=True))


def faults(office: Office) -> list[str]:
    found = [f for line in check_site(office.site) for f in line.found]
    return [str(f) for f in found if f.where.startswith("申请")]


def test_whoever_may_decide_is_told_and_grants_it_and_what_follows_happens(office: Office) -> None:
    one = ask(office)
    assert told(office, "郑岚") == ["林悦申请：周六晚加班到九点"]
    assert told(office, "许诺") == []
    row = decide(office, "郑岚", one)
    assert (row.status, row.decided_by, row.decided_at) == (
        "granted",
        office.id("郑岚"),
        office.now,
    )
    assert FOLLOWED == [("周六晚加班到九点", "granted")]
    assert told(office, "林悦") == ["已批准：周六晚加班到九点"]
    assert faults(office) == []


def test_nobody_decides_what_they_asked_or_what_is_asked_for_them(office: Office) -> None:
    own = ask(office, by="郑岚")
    for_her = ask(office, by="许诺", for_whom=office.id("郑岚"))
    for one in (own, for_her):
        with pytest.raises(Refused, match="不能审批自己的申请"):
            decide(office, "郑岚", one)
    assert list(queries.to_decide(office.badge("郑岚"), office.now)) == []
    row = Approval.objects.get(id=own)
    row.decided_by = row.asked_by
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_no_says_why_and_an_answer_is_given_once(office: Office) -> None:
    one = ask(office)
    with pytest.raises(Refused, match="写一句原因"):
        decide(office, "郑岚", one, grant=False)
    row = decide(office, "郑岚", one, grant=False, words="人手够")
    assert (row.status, row.answer) == ("declined", "人手够")
    with pytest.raises(Refused, match="已经有结果"):
        decide(office, "郑岚", one)


def test_who_has_no_permission_decides_nothing(office: Office) -> None:
    one = ask(office)
    for who in ("周航", "苏晴", "高磊"):
        with pytest.raises(Refused, match="有审批权限"):
            decide(office, who, one)
    assert as_(office, "周航").post(reverse("approvals:decide", args=[one])).status_code == 404
    other = Office("jiangnan", "江南里销售中心")
    assert queries.approval(other.badge("郑岚"), one) is None
    with pytest.raises(Refused, match="没有找到"):
        decide(other, "郑岚", one)


def test_a_delegate_decides_for_the_manager_while_the_delegation_lasts(office: Office) -> None:
    until = office.now + timedelta(hours=1)
    office.do(delegate, "郑岚", to=office.id("吴敏"), until=until, reason="出差")
    one = ask(office)
    assert told(office, "吴敏")[-1] == "林悦申请：周六晚加班到九点"
    assert decide(office, "吴敏", one).status == "granted"


def test_deputies_stand_in_only_once_the_answer_is_late(office: Office) -> None:
    one = ask(office)
    with pytest.raises(Refused, match="还没有到时限"):
        decide(office, "许诺", one)
    assert actions.tick(office.now + timedelta(hours=1)) == 0
    office.later(hours=2)
    assert [actions.tick(office.now) for _ in range(3)] == [1, 0, 0]
    assert told(office, "许诺") == ["还没有人审批：周六晚加班到九点"]
    assert decide(office, "许诺", one).status == "granted"
    assert faults(office) == []


def test_what_lapses_is_over_without_an_answer(office: Office) -> None:
    one = ask(office, kind="test_visit")
    office.later(hours=1)
    assert actions.tick(office.now) == 1
    assert Approval.objects.get(id=one).status == "lapsed"
    assert told(office, "林悦") == ["没有人审批，已过期：周六晚加班到九点"]
    with pytest.raises(Refused, match="已经有结果"):
        decide(office, "郑岚", one)
    assert faults(office) == []


def test_only_whoever_asked_takes_it_back(office: Office) -> None:
    one = ask(office)
    with pytest.raises(Refused, match="只有申请人"):
        office.do(actions.withdraw, "郑岚", approval_id=one)
    assert office.do(actions.withdraw, "林悦", approval_id=one) == "withdrawn"
    with pytest.raises(Refused, match="已经有结果"):
        decide(office, "郑岚", one)


def test_the_page_asks_the_manager_and_keeps_what_was_typed(office: Office) -> None:
    one = ask(office)
    manager = as_(office, "郑岚")
    html = manager.get(reverse("approvals:index")).content.decode()
    assert "林悦：周六晚加班到九点" in html
    there = reverse("approvals:decide", args=[one])
    answer = manager.post(there, {"grant": "no", "words": "  "})
    assert answer.status_code == 422
    assert "写一句原因" in answer.content.decode()
    assert Approval.objects.get(id=one).status == "asked"
    manager.post(there, {"grant": "no", "words": "人手够"})
    mine = as_(office, "林悦").get(reverse("approvals:index")).content.decode()
    assert "未批准" in mine
    assert "人手够" in mine


def test_the_page_costs_the_same_for_one_and_for_thirty(office: Office) -> None:
    manager = as_(office, "郑岚")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(reverse("approvals:index")).status_code == 200
        return len(seen)

    ask(office)
    cost()
    few = cost()
    for n in range(30):
        ask(office, title=f"第{n}份")
    assert cost() == few


@action("test.erase")
def erased(pen: Pen, *, customer: UUID) -> int:
    """Erases one customer's words."""
    return privacy.erase(pen=pen, customer_ids=[customer])["approvals"]


def test_the_journal_holds_no_words_and_the_customers_can_be_erased(office: Office) -> None:
    customer = office.id("高磊")
    one = ask(office, words="王女士要求", customer_id=customer)
    decide(office, "郑岚", one, grant=False, words="王女士已走")
    assert "王女士" not in str(list(Entry.objects.values_list("body", flat=True)))
    (shown,) = privacy.sections(site_id=office.site, customer_ids=[customer])
    assert "王女士要求" in str(shown)
    acting = Acting(office.site, "erase", office.id("郑岚"), office.now)
    assert erased(acting, customer=customer) == 1
    row = Approval.objects.get(id=one)
    assert (row.words, row.answer) == ("", "")
    assert not Notice.objects.filter(body__contains="王女士").exists()


def test_a_request_whose_customer_is_forgotten_is_taken_back_and_whoever_asked_hears_it(
    office: Office,
) -> None:
    customer = office.id("高磊")
    one = ask(office, words="王女士要求", customer_id=customer)
    erased(Acting(office.site, "erase", office.id("郑岚"), office.now), customer=customer)
    row = Approval.objects.get(id=one)
    assert (row.status, row.words, row.decided_by) == ("withdrawn", "", None)
    (news,) = Notice.objects.filter(to_id=row.asked_by)
    assert "收回了" in news.title
    assert "还需要的话请重新提出" in news.body


def test_a_changed_row_is_found(office: Office) -> None:
    one = ask(office)
    decide(office, "郑岚", one, grant=False, words="人手够")
    with guards_off():
        Approval.objects.filter(id=one).update(status="granted")
    assert any("结果" in f for f in faults(office))
    with guards_off():
        Approval.objects.filter(id=one).update(status="declined", answer="可以")
    assert any("答复" in f for f in faults(office))


people = st.sampled_from(["a", "b", "c"])


@given(people, st.sampled_from(["", "a", "b"]), people, st.integers(0, 300), st.booleans())
def test_nobody_ever_decides_their_own(
    asker: str, for_whom: str, who: str, minutes: int, lapses: bool
) -> None:
    from tests.cast import SATURDAY

    kind = VISIT if lapses else OVERTIME
    request = Request(kind, asker, SATURDAY, for_whom)
    held = frozenset({"turns.supervise", "matters.oversee"})
    no = rule.why_not(request, who, held, SATURDAY + timedelta(minutes=minutes))
    over = lapses and minutes >= 60
    assert bool(no) == (who in (asker, for_whom) or over)
