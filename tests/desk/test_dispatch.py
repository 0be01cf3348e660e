"""Dispatch proposes whom to ask and says why; it never acts by itself (SD-4.2.2)."""

from uuid import UUID

import pytest
from django.urls import reverse

from yingbin.desk.queries.one import page_of

from .counter import Counter
from .test_callbacks import text


def solved(counter: Counter, by: str, subject: str = "leak") -> UUID:
    """Somebody of the works solves one of this subject."""
    one = counter.record(title="漏水", subject=subject, home=f"1-1-{len(counter.names)}")
    counter.offer("苏", one)
    for event in ("accept", "arrive", "done"):
        counter.act(by, event, one)
    return one


def why(counter: Counter, one: UUID, by: str = "苏") -> str:
    """The sentence on the matter's page."""
    return page_of(counter.badge(by), counter.desk(one), counter.now).proposed.why


@pytest.mark.clause("SD-4.2.2")
def test_who_solved_such_before_is_proposed_and_the_form_says_why(counter: Counter) -> None:
    solved(counter, "孙")
    one = counter.record()
    said = why(counter, one)
    assert (
        said == "建议工程部的孙：漏水、渗水归工程部办，今天在办事，手上 0 件，办过 1 件这类的事。"
    )
    page = text(counter, "苏", reverse("desk:matter", args=[one]))
    assert said in page
    assert f'<option value="department:{counter.works.id}" selected>' in page
    assert counter.log(one) == ["record"], "nothing is done by itself"


@pytest.mark.clause("SD-4.2.2")
def test_who_has_less_in_hand_goes_before_who_knows_it_and_who_is_here_before_both(
    counter: Counter,
) -> None:
    solved(counter, "孙")
    solved(counter, "钱")
    busy = counter.record(title="又漏")
    counter.offer("苏", busy)
    counter.act("孙", "accept", busy)
    assert "工程部的钱" in why(counter, counter.record())
    counter.later(days=1)
    seen_today = counter.record(title="门坏")
    counter.offer("苏", seen_today)
    counter.act("孙", "accept", seen_today)
    assert "工程部的孙" in why(counter, counter.record()), "钱 hasn't been seen today"


def test_where_nobody_has_done_such_and_no_scope_is_drawn_nobody_is_proposed(
    counter: Counter,
) -> None:
    assert why(counter, counter.record()) == ""
