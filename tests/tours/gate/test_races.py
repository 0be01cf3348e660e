"""Ten guests of a group arrive at two gates at the same instant; and what happens when the lock is taken away."""

from pathlib import Path
from typing import Any

import pytest

from tests.race import at_once
from yingbin.journal import write as path
from yingbin.journal.action import Acting
from yingbin.tours.actions.gate_verbs import scan
from yingbin.tours.gate_answer import Answer

from .post import Post

GUESTS = 12


@pytest.fixture
def post(transactional_db: None, settings: Any, tmp_path: Path) -> Post:
    """A headquarters whose rows are committed for every connection to see."""
    settings.DATA_DIR = tmp_path
    return Post()


def all_at_once(post: Post, number: int, mark: str) -> list[Answer]:
    """Twelve people show the same pass for ten at the north gate and the south gate at once; the answers there were."""

    def show(n: int) -> Answer:
        told = post.through(number, ("北门", "南门")[n % 2], nonce=f"{mark}{n}")
        acting = Acting(post.site, f"{mark}{n}", post.id(("高磊", "丁")[n % 2]), post.now)
        return scan(acting, told=told)

    return [one for one in at_once(GUESTS, show) if isinstance(one, Answer)]


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_of_twelve_at_two_gates_at_once_ten_come_in_and_two_hear_why_not(post: Post) -> None:
    number = post.issue(post.visit(10), persons=10)
    answers = all_at_once(post, number, "a")
    assert sorted(one.code for one in answers) == ["already_in"] * 2 + ["ok"] * 10
    assert post.inside() == {number: 10}
    assert sorted(one.inside for one in answers if one.allowed) == list(range(1, 11))


def test_without_the_lock_they_are_not_counted_one_by_one(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits, so each is decided on what was before."""

    def unlocked(site_id: Any) -> path.Statement:
        return path.Statement("select seq, head from journal_ledger where site_id = %s", (site_id,))

    number = post.issue(post.visit(10), persons=10)
    monkeypatch.setattr(path, "lock_site", unlocked)
    answers = all_at_once(post, number, "b")
    assert sorted(one.code for one in answers) != ["already_in"] * 2 + ["ok"] * 10
