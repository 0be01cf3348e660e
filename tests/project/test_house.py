"""The house in figures stays within its aims; each figure sees what breaks it."""

from pathlib import Path

import pytest

from bench.house import House

ROOT = Path(__file__).resolve().parents[2]
HOUSE = House(ROOT)


def made(tmp_path: Path, source: str, template: str = "") -> House:
    """A house of one file, and one template."""
    (tmp_path / "yingbin/app").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "yingbin/app/actions.py").write_text(source, encoding="utf-8")
    (tmp_path / "yingbin/app/page.html").write_text(template, encoding="utf-8")
    return House(tmp_path)


def test_what_an_action_costs_beside_its_work() -> None:
    assert HOUSE.ceremony().actions > 100
    assert HOUSE.ceremony().share <= 0.30


def test_any_stands_where_any_value_is_meant() -> None:
    assert HOUSE.any_uses() <= 200


def test_functions_and_files_stay_short() -> None:
    lengths = HOUSE.function_lengths()
    assert lengths[int(len(lengths) * 0.95)] <= 24
    assert lengths[-1] <= 50
    assert {str(s.path): s.lines for s in HOUSE.code if s.lines > 400} == {}


def test_no_line_of_a_template_is_longer_than_an_eye_takes_in() -> None:
    assert HOUSE.long_template_lines() == 0


def test_there_are_four_lines_of_tests_to_five_of_code() -> None:
    assert HOUSE.test_ratio() >= 0.8


OLD = '''
def leave(*, site_id, key, by, at, visit_id):
    """Leaves."""

    def work(pen):
        return {"visit": visit_id}

    return write(
        site_id=site_id,
        key=key,
        by=by,
        at=at,
        work=work,
    )
'''
NEW = '''
@action("leave")
def leave(pen, *, visit_id):
    """Leaves."""
    visit = find(pen, visit_id)
    visit.leave()
    return visit
'''


def test_the_ceremony_of_before_is_counted_as_such(tmp_path: Path) -> None:
    old = made(tmp_path / "old", OLD).ceremony()
    new = made(tmp_path / "new", NEW).ceremony()
    assert (old.lines, old.wrapping) == (12, 11)
    assert (new.lines, new.wrapping) == (5, 2)


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("from typing import Any\nx: dict[str, Any] = {}\n", 1),
        ("def f(a: Any, *more: Any) -> Any: ...\n", 3),
        ("def f(a: object) -> None: ...\n", 0),
    ],
)
def test_every_use_of_any_counts(tmp_path: Path, source: str, uses: int) -> None:
    assert made(tmp_path, source).any_uses() == uses


def test_a_long_function_and_a_long_line_are_seen(tmp_path: Path) -> None:
    long = "def f():\n" + "    x = 1\n" * 60
    house = made(tmp_path, long, "<p>" + "长" * 170 + "</p>\n<p>short</p>\n")
    assert house.function_lengths() == [61]
    assert house.long_template_lines() == 1


def test_tests_are_held_against_the_code_they_show(tmp_path: Path) -> None:
    house = made(tmp_path, "x = 1\n" * 10)
    (tmp_path / "tests/app").mkdir()
    (tmp_path / "tests/app/test_x.py").write_text("y = 2\n" * 8, encoding="utf-8")
    again = House(tmp_path)
    assert (house.test_ratio(), again.test_ratio()) == (0.0, 0.8)
    assert again.ratio_by_app() == {"app": 0.8}
