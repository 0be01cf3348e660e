"""What a site may choose: named, typed, dated, signed; every version is kept."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests import cast
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.people.models import Site, SitePolicy
from yingbin.people.policies import DECLARED, Policy, declare, set_part, set_policy, versions
from yingbin.rules.decision import Refused


@dataclass(frozen=True)
class Breaks:
    """How long a break lasts, and how many may be away."""

    minutes: int = 30
    away: int = 1


def _sensible(values: Breaks) -> None:
    if values.minutes < 1:
        raise Refused("SF-4.3.7", "休息至少一分钟。")


LATER = cast.SATURDAY + timedelta(days=1)
BREAKS = declare(Policy("test.breaks", "休息", Breaks, "SF-4.3.7", _sensible))


def choose(site: Site, key: str, reason: str = "错峰", later: int = 0, **values: object) -> int:
    at = cast.SATURDAY + timedelta(hours=later)
    acting = Acting(site.id, key, cast.person("郑岚").id, at)
    return set_policy(acting, name="test.breaks", values=values, reason=reason)


def test_until_somebody_chooses_the_defaults_hold_and_nobody_signed_them(hupan: Site) -> None:
    now = BREAKS.in_force(hupan.id, LATER)
    assert (now.version, now.values, now.by) == (0, Breaks(), None)


def test_every_choice_is_a_version_with_who_when_and_why(hupan: Site) -> None:
    assert choose(hupan, "a", minutes=45) == 1
    assert choose(hupan, "b", reason="周末", later=2, minutes=20, away=2) == 2
    now = BREAKS.in_force(hupan.id, LATER)
    assert (now.values, now.reason, now.by) == (Breaks(20, 2), "周末", cast.person("郑岚").id)
    then = BREAKS.in_force(hupan.id, cast.SATURDAY + timedelta(hours=1))
    assert (then.version, then.values) == (1, Breaks(45, 1))
    assert BREAKS.in_force(hupan.id, cast.SATURDAY - timedelta(hours=1)).version == 0
    assert [v.version for v in versions(hupan.id, "test.breaks")] == [2, 1]


def test_the_same_key_is_the_same_version(hupan: Site) -> None:
    assert choose(hupan, "a", minutes=45) == choose(hupan, "a", minutes=45) == 1


@pytest.mark.parametrize(
    ("values", "reason", "why"),
    [
        ({"minutes": "long"}, "错峰", "minutes"),
        ({"minutes": 0}, "错峰", "至少一分钟"),
        ({"minutes": 40}, " ", "为什么改规则"),
    ],
)
def test_what_makes_no_sense_or_has_no_reason_is_refused(
    hupan: Site, values: dict[str, object], reason: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        choose(hupan, "a", reason=reason, **values)
    assert not SitePolicy.objects.exists()


def test_an_unknown_policy_is_refused_and_a_name_means_one(hupan: Site) -> None:
    acting = Acting(hupan.id, "k", cast.person("郑岚").id, cast.SATURDAY)
    with pytest.raises(Refused, match="没有这一项"):
        set_policy(acting, name="test.none", values={}, reason="x")
    with pytest.raises(ValueError, match=r"test\.breaks"):
        declare(Policy("test.breaks", "别的", Breaks))
    assert DECLARED["test.breaks"] is BREAKS


def test_the_journal_holds_the_values_but_not_the_reason_and_finds_a_changed_row(
    hupan: Site,
) -> None:
    choose(hupan, "a", reason="王女士投诉", minutes=45)
    body = Entry.objects.get(kind="site.policy").body
    assert body["values"] == {"minutes": 45, "away": 1}
    assert "王女士" not in str(body)

    def faults() -> list[str]:
        found = [f for line in check_site(hupan.id) for f in line.found]
        return [str(f) for f in found if f.where.startswith("规定")]

    assert faults() == []
    SitePolicy.objects.update(values={"minutes": 1, "away": 1})
    assert any("内容" in f for f in faults())


# One part of several


def part(site: Site, key: str, reason: str = "错峰", later: int = 0, **values: object) -> int:
    """Some fields are chosen anew, the others stay."""
    at = cast.SATURDAY + timedelta(hours=later)
    acting = Acting(site.id, key, cast.person("郑岚").id, at)
    return set_part(acting, name="test.breaks", part=values, reason=reason)


def test_a_part_is_chosen_and_the_rest_stays_as_it_was(hupan: Site) -> None:
    choose(hupan, "a", minutes=45, away=3)
    assert part(hupan, "b", later=1, away=2) == 2
    assert BREAKS.in_force(hupan.id, LATER).values == Breaks(45, 2)
    assert BREAKS.in_force(hupan.id, cast.SATURDAY).values == Breaks(45, 3), "as it was then"


@pytest.mark.parametrize(
    ("values", "reason", "why"),
    [
        ({"away": 1}, "错峰", "没有要改的"),
        ({"minutes": 0}, "错峰", "至少一分钟"),
        ({"minutes": "long"}, "错峰", "minutes"),
        ({"away": 2}, " ", "为什么改规则"),
    ],
)
def test_a_part_that_changes_nothing_or_makes_no_sense_is_refused(
    hupan: Site, values: dict[str, object], reason: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        part(hupan, "a", reason, **values)
    assert versions(hupan.id, "test.breaks") == []


@pytest.mark.parametrize(
    ("planned", "later"),
    [
        ({"minutes": 20}, Breaks(20, 2)),  # a plan that says nothing of it takes the part in
        ({"minutes": 20, "away": 5}, Breaks(20, 5)),  # one that does keeps its own
    ],
)
def test_what_was_planned_for_a_later_day_still_holds_then(
    hupan: Site, planned: dict[str, object], later: Breaks
) -> None:
    SitePolicy.objects.create(
        site=hupan, name="test.breaks", version=1, values={"minutes": 30, "away": 1, **planned},
        since=cast.SATURDAY + timedelta(days=7), by=cast.person("郑岚").id, reason="下周起", salt="0" * 32,
        signed_at=cast.SATURDAY - timedelta(days=1),
    )  # fmt: skip
    assert part(hupan, "a", away=2) == 2
    assert BREAKS.in_force(hupan.id, LATER).values == Breaks(30, 2)
    next_week = BREAKS.in_force(hupan.id, cast.SATURDAY + timedelta(days=8))
    assert (next_week.version, next_week.values) == (3, later)
    assert next_week.reason == "下周起（第 1 版照旧）"
