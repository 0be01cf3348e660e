"""What every row of a site has is made in one place: numbers, whoever wrote it, commitments to its words."""

from datetime import datetime
from uuid import UUID

import pytest

from tests import cast
from yingbin.journal.commit import commit_to, salted
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Site
from yingbin.people.rows import actor, next_number, person_behind


def _matter(site: Site, number: int, kind: str = "question") -> None:
    Matter.objects.create(
        site=site,
        number=number,
        kind=kind,
        title="车位价格",
        opened_at=cast.SATURDAY,
        salt="00" * 16,
        state="open",
        owner_id=cast.person("林悦").id,
    )


def test_the_first_row_of_a_site_is_number_one(hupan: Site) -> None:
    assert next_number(Matter, hupan.id) == 1


def test_every_site_counts_its_own_rows(hupan: Site, office: Site) -> None:
    _matter(office, 7)
    _matter(hupan, 2)
    assert next_number(Matter, office.id) == 8
    assert next_number(Matter, hupan.id) == 3


def test_a_number_counted_within_something_begins_anew_there(hupan: Site) -> None:
    _matter(hupan, 5, kind="question")
    assert next_number(Matter, hupan.id, kind="question") == 6
    assert next_number(Matter, hupan.id, kind="supervision") == 1


@pytest.mark.parametrize("by", ["clock", "", "import:12", str(SYSTEM)])
def test_nobody_of_the_staff_stands_behind_the_clock_or_an_import(by: str) -> None:
    assert person_behind(by) is None


def test_whoever_writes_is_the_person_behind_the_pen(hupan: Site, now: datetime) -> None:
    who = UUID(int=7)
    assert actor(Pen(hupan.id, str(who), now, 1, b"")) == who


def test_free_words_are_committed_to_under_one_salt_and_empty_ones_not_at_all() -> None:
    kept = commit_to(reason="客户临时改约", note="")
    assert kept.words == {"reason": salted("客户临时改约", kept.salt)}
    assert commit_to(reason="客户临时改约").salt != kept.salt, "each row has a salt of its own"
