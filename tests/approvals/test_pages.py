"""A request has a page of its own: how it stands, and the answer in one tap for whoever may give it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.approvals.kinds import FOLLOWED, ask, decide
from tests.customers.office import Office, as_
from yingbin.approvals import actions
from yingbin.approvals.models import Approval
from yingbin.notices.models import Notice
from yingbin.people.actions import delegate

YES = 'name="grant" value="yes"'
BACK = "收回申请"


def page_of(one: UUID) -> str:
    return reverse("approvals:decide", args=[one])


def read(browser: Client, one: UUID) -> str:
    """What this person sees of the request; the frame of the page left out."""
    html = browser.get(page_of(one)).content.decode()
    return html[html.index("<main") :]


def test_the_page_says_who_asks_for_what_and_until_when_and_answers_in_one_tap(
    office: Office,
) -> None:
    one = ask(office)
    manager = as_(office, "郑岚")
    html = read(manager, one)
    for words in ("周六晚加班到九点", "林悦", "客户约了晚上", "加班 · 1 号", "之前答复", YES):
        assert words in html, words
    answer = manager.post(page_of(one), {"grant": "yes", "key": "tap"}, follow=True)
    assert "已批准。" in answer.content.decode()
    assert FOLLOWED == [("周六晚加班到九点", "granted")]


def test_two_taps_are_one_answer(office: Office) -> None:
    one = ask(office)
    manager = as_(office, "郑岚")
    for _ in range(2):
        assert manager.post(page_of(one), {"grant": "yes", "key": "tap"}).status_code == 302
    assert FOLLOWED == [("周六晚加班到九点", "granted")]
    assert Notice.objects.filter(to_id=office.id("林悦")).count() == 1


@pytest.mark.parametrize(
    ("who", "says"),
    [("郑岚", YES), ("许诺", "还没有到时限"), ("林悦", BACK)],
)
def test_each_finds_what_they_may_do_and_nothing_else(office: Office, who: str, says: str) -> None:
    one = ask(office)
    html = read(as_(office, who), one)
    assert [words for words in (YES, BACK, "还没有到时限") if words in html] == [says]


def test_a_deputy_answers_once_it_is_late_and_the_page_says_so(office: Office) -> None:
    one = ask(office)
    office.later(hours=2)
    html = read(as_(office, "许诺"), one)
    assert "已过答复时限" in html
    assert YES in html


def test_of_ones_own_request_one_hears_that_somebody_else_answers(office: Office) -> None:
    one = ask(office, by="郑岚")
    manager = as_(office, "郑岚")
    assert YES not in read(manager, one)
    answer = manager.post(page_of(one), {"grant": "yes"})
    assert answer.status_code == 422
    assert "不能审批自己的申请" in answer.content.decode()
    assert Approval.objects.get(id=one).status == "asked"


def test_whoever_it_is_for_reads_it_and_takes_nothing_back(office: Office) -> None:
    one = ask(office, by="许诺", for_whom=office.id("周航"))
    html = read(as_(office, "周航"), one)
    assert "替<strong>周航</strong>申请" in html
    assert BACK not in html
    answer = as_(office, "周航").post(reverse("approvals:withdraw", args=[one]), follow=True)
    assert "只有申请人自己可以收回" in answer.content.decode()
    assert Approval.objects.get(id=one).status == "asked"


@pytest.mark.parametrize(
    ("grant", "words", "says"),
    [(True, "注意安全", "已批准"), (False, "人手够", "未批准")],
)
def test_once_answered_the_page_says_by_whom_and_why(
    office: Office, grant: bool, words: str, says: str
) -> None:
    one = ask(office)
    decide(office, "郑岚", one, grant=grant, words=words)
    for who in ("林悦", "郑岚"):
        html = read(as_(office, who), one)
        assert f"<strong>郑岚</strong>{says}" in html
        assert words in html
        assert YES not in html
        assert BACK not in html


def test_an_answer_that_came_too_late_is_told_and_changes_nothing(office: Office) -> None:
    one = ask(office)
    until = office.now + timedelta(hours=1)
    office.do(delegate, "郑岚", to=office.id("吴敏"), until=until, reason="出差")
    decide(office, "吴敏", one, grant=False, words="人手够")
    answer = as_(office, "郑岚").post(page_of(one), {"grant": "yes", "words": "可以"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "这份申请已经有结果了" in html
    assert "<strong>吴敏</strong>未批准" in html
    assert Approval.objects.get(id=one).status == "declined"


def test_a_reason_longer_than_the_page_takes_is_refused_and_kept(office: Office) -> None:
    one = ask(office)
    answer = as_(office, "郑岚").post(page_of(one), {"grant": "no", "words": "长" * 501})
    assert answer.status_code == 422
    assert "长" * 501 in answer.content.decode()
    assert Approval.objects.get(id=one).status == "asked"


def test_one_takes_back_from_the_page_what_nobody_answered(office: Office) -> None:
    one = ask(office)
    lin = as_(office, "林悦")
    answer = lin.post(reverse("approvals:withdraw", args=[one]), follow=True)
    html = answer.content.decode()
    assert "已收回" in html
    assert Approval.objects.get(id=one).status == "withdrawn"
    again = lin.post(reverse("approvals:withdraw", args=[one]), follow=True)
    assert "已经有结果了，不能收回" in again.content.decode()


@pytest.mark.parametrize("who", ["周航", "苏晴"])
def test_for_others_a_request_does_not_exist(office: Office, who: str) -> None:
    one = ask(office)
    browser = as_(office, who)
    assert browser.get(page_of(one)).status_code == 404
    for page in (page_of(one), reverse("approvals:withdraw", args=[one])):
        assert browser.post(page, {"grant": "yes"}).status_code == 404
    assert Approval.objects.get(id=one).status == "asked"


def test_another_places_manager_finds_nothing(office: Office) -> None:
    one = ask(office)
    other = Office("jiangnan", "江南里销售中心")
    browser = as_(other, "郑岚")
    assert browser.get(page_of(one)).status_code == 404
    assert browser.post(page_of(one), {"grant": "yes"}).status_code == 404
    assert "周六晚加班" not in browser.get(reverse("approvals:index")).content.decode()


def test_the_list_shows_what_waits_and_pages_what_one_asked(office: Office) -> None:
    for n in range(31):
        ask(office, title=f"第{n}次加班")
    lin = as_(office, "林悦")
    first = lin.get(reverse("approvals:index")).content.decode()
    assert "没有等您审批的" in first
    assert "第30次加班" in first
    assert "第0次加班" not in first
    assert "第0次加班" in lin.get(reverse("approvals:index"), {"page": "2"}).content.decode()
    assert "31 件等您定" in as_(office, "郑岚").get(reverse("approvals:index")).content.decode()


def test_a_phone_is_told_which_kind_of_request_it_is(office: Office) -> None:
    one = ask(office, kind="test_outing", title="去银行")
    (told,) = Notice.objects.filter(to_id=office.id("郑岚"))
    assert (told.kind, told.link) == ("leave", page_of(one))
    decide(office, "郑岚", one)
    (answer,) = Notice.objects.filter(to_id=office.id("林悦"))
    assert (answer.body, answer.link) == ("早去早回。", reverse("inbox"))


def test_an_answer_with_a_customers_words_is_told_where_an_erasure_finds_it(
    office: Office,
) -> None:
    one = ask(office, kind="test_outing", title="去银行", customer_id=office.id("高磊"))
    decide(office, "郑岚", one, words="王女士在等")
    (answer,) = Notice.objects.filter(to_id=office.id("林悦"))
    assert (answer.body, answer.link) == ("王女士在等", page_of(one))


def test_what_is_over_by_itself_is_dropped_by_an_entry_and_nobody_is_told(office: Office) -> None:
    one = ask(office, kind="test_outing", title="去银行")
    ask(office, by="周航", kind="test_outing", title="去房管局")
    before = Notice.objects.count()
    assert office.do(let_go, "郑岚", of=office.id("林悦")) == 1
    assert office.do(let_go, "郑岚", of=office.id("林悦")) == 0
    row = Approval.objects.get(id=one)
    assert (row.status, row.decided_by) == ("withdrawn", None)
    assert Approval.objects.filter(status="asked").count() == 1
    assert Notice.objects.count() == before


@actions.action("test.let_go")
def let_go(pen: actions.Pen, *, of: UUID) -> int:
    """She went home."""
    return actions.drop(pen, kind="test_outing", asked_by=of)
