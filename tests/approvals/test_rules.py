"""Who may say yes or no to what, and until when: the rules alone."""

from datetime import timedelta

import pytest

from tests.approvals.kinds import OUTING, OVERTIME, VISIT
from tests.cast import SATURDAY
from yingbin.rules import approvals as rule
from yingbin.rules.approvals import ApprovalKind, Request
from yingbin.rules.decision import Refused

MANAGER = frozenset({"turns.supervise"})
LEAD = frozenset({"matters.oversee"})
NOBODY = frozenset[str]()


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


@pytest.mark.parametrize(
    ("kind", "asked_by", "for_whom", "who", "held", "after", "why"),
    [
        (OVERTIME, "林悦", "", "郑岚", MANAGER, 0, ""),
        (OVERTIME, "林悦", "", "郑岚", MANAGER, 600, ""),
        (OVERTIME, "林悦", "", "周航", NOBODY, 0, "有审批权限"),
        (OVERTIME, "林悦", "", "许诺", LEAD, 119, "还没有到时限"),
        (OVERTIME, "林悦", "", "许诺", LEAD, 120, ""),
        (OVERTIME, "林悦", "", "许诺", LEAD | MANAGER, 0, ""),
        (OVERTIME, "郑岚", "", "郑岚", MANAGER, 0, "不能审批自己"),
        (OVERTIME, "许诺", "", "许诺", LEAD, 300, "不能审批自己"),
        (OVERTIME, "许诺", "郑岚", "郑岚", MANAGER, 0, "不能审批自己"),
        (OVERTIME, "许诺", "林悦", "郑岚", MANAGER, 0, ""),
        (VISIT, "林悦", "", "郑岚", MANAGER, 59, ""),
        (VISIT, "林悦", "", "郑岚", MANAGER, 60, "已经过期"),
        (VISIT, "林悦", "", "许诺", LEAD, 90, "已经过期"),
        (OUTING, "林悦", "", "许诺", LEAD, 6000, "有审批权限"),
        (OUTING, "林悦", "", "郑岚", MANAGER, 6000, ""),
    ],
)
def test_who_may_decide(
    kind: ApprovalKind,
    asked_by: str,
    for_whom: str,
    who: str,
    held: frozenset[str],
    after: int,
    why: str,
) -> None:
    request = Request(kind, asked_by, SATURDAY, for_whom)
    no = rule.why_not(request, who, held, SATURDAY + minutes(after))
    assert why in no
    assert bool(no) == bool(why)


@pytest.mark.parametrize("status", ["granted", "declined", "withdrawn", "lapsed"])
def test_what_is_over_is_neither_decided_nor_taken_back(status: rule.Status) -> None:
    request = Request(OVERTIME, "林悦", SATURDAY, status=status)
    with pytest.raises(Refused, match="已经有结果"):
        rule.decide(request, "郑岚", MANAGER, SATURDAY, grant=True, words="")
    with pytest.raises(Refused, match="不能收回"):
        rule.withdraw(request, "林悦")
    assert not request.is_late(SATURDAY + minutes(10_000))


@pytest.mark.parametrize(
    ("grant", "words", "outcome"),
    [(True, "", "granted"), (True, "注意安全", "granted"), (False, "人手够", "declined")],
)
def test_a_yes_needs_no_words_and_a_no_does(grant: bool, words: str, outcome: str) -> None:
    request = Request(OVERTIME, "林悦", SATURDAY)
    told = rule.decide(request, "郑岚", MANAGER, SATURDAY, grant=grant, words=words)
    assert told == outcome


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_a_no_without_words_leads_to_the_field_and_names_the_clause(words: str) -> None:
    request = Request(OVERTIME, "林悦", SATURDAY)
    with pytest.raises(Refused) as no:
        rule.decide(request, "郑岚", MANAGER, SATURDAY, grant=False, words=words)
    assert (no.value.about, no.value.clause) == ("words", "SC-4.3.9")


@pytest.mark.parametrize(
    ("kind", "after", "late"),
    [(OVERTIME, 119.9, False), (OVERTIME, 120, True), (VISIT, 60, True), (OUTING, 9999, False)],
)
def test_on_the_stroke_is_late(kind: ApprovalKind, after: float, late: bool) -> None:
    assert Request(kind, "林悦", SATURDAY).is_late(SATURDAY + minutes(after)) is late


def test_only_whoever_asked_takes_it_back_not_who_it_is_for() -> None:
    request = Request(OVERTIME, "许诺", SATURDAY, "林悦")
    assert rule.withdraw(request, "许诺") == "withdrawn"
    for who in ("林悦", "郑岚"):
        with pytest.raises(Refused, match="只有申请人"):
            rule.withdraw(request, who)


def test_what_is_asked_one_at_a_time_waits_for_its_answer() -> None:
    with pytest.raises(Refused, match="「外出」已经申请了"):
        rule.may_ask(OUTING, waiting=True)
    rule.may_ask(OUTING, waiting=False)
    rule.may_ask(OVERTIME, waiting=True)


def test_one_name_means_one_kind() -> None:
    rule.add_kind(OVERTIME)  # the same again is nothing new
    with pytest.raises(ValueError, match="test_overtime"):
        rule.add_kind(ApprovalKind("test_overtime", "加班费", "SC-4.3.9", "turns.supervise"))
    with pytest.raises(Refused, match="没有「休假」这一类"):
        rule.kind_of("休假")
