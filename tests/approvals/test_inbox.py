"""What waits for one's yes stands in 待办; what one asked stands there with its state."""

from datetime import timedelta

import pytest

from tests.approvals.kinds import ask, decide
from tests.customers.office import Office
from tests.force import guards_off
from yingbin.approvals import actions, queries
from yingbin.approvals.inbox import lines
from yingbin.approvals.models import Approval
from yingbin.people.actions import delegate
from yingbin.people.models import Site


def waiting(office: Office, who: str) -> list[str]:
    """Titles of what waits for this person."""
    return [one.title for one in lines(office.badge(who), office.now) if not one.state]


def asked(office: Office, who: str) -> list[tuple[str, str, str]]:
    """What this person asked: title, state, what is said beside it."""
    made = lines(office.badge(who), office.now)
    return [(one.title, one.state, one.detail) for one in made if one.state]


def counted(office: Office, who: str) -> int:
    """The number in the navigation."""
    number = queries.waits(office.badge(who), office.now)
    return int(
        Site.objects.filter(id=office.site).annotate(n=number).values_list("n", flat=True)[0]
    )


def test_the_manager_sees_who_asks_for_what_why_and_until_when(office: Office) -> None:
    ask(office)
    (line,) = lines(office.badge("郑岚"), office.now)
    assert (line.title, line.detail) == ("林悦申请：周六晚加班到九点", "客户约了晚上")
    assert line.due_at == line.at + timedelta(hours=2)
    assert not line.late(office.now)
    assert line.late(office.now + timedelta(hours=3))


def test_each_waits_for_those_who_may_decide_it_now(office: Office) -> None:
    ask(office)
    ask(office, by="郑岚", title="周日加班")
    ask(office, by="许诺", title="替郑岚换班", for_whom=office.id("郑岚"))
    assert waiting(office, "郑岚") == ["林悦申请：周六晚加班到九点"]
    for who in ("许诺", "苏晴", "林悦"):
        assert waiting(office, who) == [], who
    office.later(hours=2)
    assert waiting(office, "许诺") == ["林悦申请：周六晚加班到九点", "郑岚申请：周日加班"]
    for who in ("郑岚", "许诺", "苏晴", "林悦"):
        assert counted(office, who) == len(waiting(office, who)), who


def test_a_delegate_is_asked_for_as_long_as_the_delegation_lasts(office: Office) -> None:
    until = office.now + timedelta(hours=1)
    office.do(delegate, "郑岚", to=office.id("吴敏"), until=until, reason="出差")
    ask(office)
    assert waiting(office, "吴敏") == ["林悦申请：周六晚加班到九点"]
    office.later(hours=1)
    assert waiting(office, "吴敏") == []


@pytest.mark.parametrize(
    ("grant", "words", "told"),
    [
        (True, "", ("周六晚加班到九点", "已批准", "客户约了晚上")),
        (False, "人手够", ("周六晚加班到九点", "未批准", "人手够")),
    ],
)
def test_an_answer_stands_for_a_day_beside_what_one_asked(
    office: Office, grant: bool, words: str, told: tuple[str, str, str]
) -> None:
    one = ask(office)
    assert asked(office, "林悦") == [("周六晚加班到九点", "等审批", "客户约了晚上")]
    decide(office, "郑岚", one, grant=grant, words=words)
    assert asked(office, "林悦") == [told]
    assert waiting(office, "郑岚") == []
    office.later(days=1)
    assert asked(office, "林悦") == []


def test_what_lapsed_is_said_and_what_one_took_back_is_not(office: Office) -> None:
    ask(office, kind="test_visit", title="周一进场")
    back = ask(office, title="不加班了")
    office.do(actions.withdraw, "林悦", approval_id=back)
    office.later(hours=1)
    actions.tick(office.now)
    assert asked(office, "林悦") == [("周一进场", "已过期", "客户约了晚上")]


def test_whoever_it_is_for_sees_it_too(office: Office) -> None:
    ask(office, by="许诺", for_whom=office.id("周航"), title="周航换班")
    assert [title for title, _, _ in asked(office, "周航")] == ["周航换班"]


def test_another_place_hears_nothing_of_it(office: Office) -> None:
    ask(office)
    other = Office("jiangnan", "江南里销售中心")
    assert lines(other.badge("郑岚"), office.now) == []
    assert counted(other, "郑岚") == 0


def test_a_kind_whose_wing_is_gone_waits_for_nobody_and_breaks_nothing(office: Office) -> None:
    one = ask(office)
    with guards_off():
        Approval.objects.filter(id=one).update(kind="of_a_wing_taken_out")
    assert lines(office.badge("郑岚"), office.now) == []
    assert asked(office, "林悦") == []
    assert counted(office, "郑岚") == 0
