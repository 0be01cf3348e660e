"""Commands about a gallery's days: one exported as the replay reads it, and held against what is stored (TQ-11)."""

import argparse
import json
from datetime import date

import pytest

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from yingbin.gallery import cli
from yingbin.gallery.models import TurnDecision
from yingbin.people.models import Site
from yingbin.rules.turns.decide import replay

NEVER = date(2020, 1, 1)


@pytest.fixture
def code(hall: Gallery) -> str:
    return Site.objects.get(id=hall.site).code


def asked(site: str, on: date | None = None) -> argparse.Namespace:
    return argparse.Namespace(site=site, date=on)


@pytest.mark.clause("TQ-11")
def test_a_day_that_is_exported_and_replayed_gives_the_decisions_that_were_made(
    hall: Gallery, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hall.finish(hall.arrive(name="张伟"))
    hall.arrive(named="周航")
    assert cli.export_day(code, hall.now.date()) == 0
    again = replay(json.loads(capsys.readouterr().out))["decisions"]
    made = TurnDecision.objects.order_by("seq", "position")
    assert [d["because"] for d in again] == [d.because for d in made]  # type: ignore[attr-defined]


def test_a_day_that_is_not_there_is_neither_exported_nor_taken_for_all_days(
    hall: Gallery, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = [
        cli.export_day(code, NEVER),
        cli.export_day("nowhere", hall.now.date()),
        cli.run_check(asked(code, NEVER)),
    ]
    assert done == [2, 2, 2]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        f"没有找到 {code} 在 2020-01-01 的记录",
        "没有找到 nowhere 在 2026-11-21 的记录",
        f"没有找到 {code} 在 2020-01-01 的记录",
    ]


def test_one_day_is_checked_or_all(
    hall: Gallery, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hall.arrive(name="张伟")
    for on in (hall.now.date(), None):
        assert cli.run_check(asked(code, on)) == 0
        assert capsys.readouterr().out == "核对 1 天，不一致 0 处\n"
    unguarded("update floor_turndecision set counted = not counted")
    for on in (hall.now.date(), None):
        assert cli.run_check(asked(code, on)) == 1
        *faults, summed = capsys.readouterr().out.splitlines()
        assert faults[0].startswith("2026-11-21: ")
        assert summed == f"核对 1 天，不一致 {len(faults)} 处"
    assert cli.run_check(asked("nowhere")) == 2
    assert capsys.readouterr().err == "没有代号为 nowhere 的项目\n"
