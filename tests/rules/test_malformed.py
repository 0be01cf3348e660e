"""A malformed file is named in one line, whatever its names contain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from yingbin.rules.duty.replay import replay as duty
from yingbin.rules.gate.replay import replay as gate
from yingbin.rules.malformed import Malformed
from yingbin.rules.tours.decide import decide as tours

NAME = "一\n二\r三\u2028四\x85五\x1b[31m"
HEADS = {"reception": ["苏青"], "administration": ["顾北"]}
SITE: dict[str, Any] = {"visits": {}, "passes": [], "gates": [], "events": []}
PACK = {"version": "1", "from": "2026-01-01"}
COMPANY = {"departments": HEADS, "approvers": ["陈总"], "areas": {}}


@pytest.mark.parametrize(
    ("read", "file", "place"),
    [
        (gate, {**SITE, "policy": {NAME: 0}}, "policy"),
        (gate, {**SITE, "visits": {NAME: 0}}, "visits"),
        (tours, {"packs": [{**PACK, NAME: 0}], "company": COMPANY, "events": []}, "packs"),
        (
            tours,
            {
                "packs": [PACK],
                "company": {**COMPANY, "departments": {**HEADS, NAME: []}},
                "events": [],
            },
            "company",
        ),
        (duty, {"policy": {NAME: 0}, "posts": [], "people": [], "events": []}, "policy"),
    ],
)
def test_a_name_with_line_breaks_makes_no_second_line(
    read: Callable[[Any], object], file: dict[str, Any], place: str
) -> None:
    with pytest.raises(Malformed) as caught:
        read(file)
    line = str(caught.value)
    assert line.startswith(f"{place}: ")
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
