"""What an app says of itself is read once from all wings, the highest floor first; lists and tables join what they say."""

import pytest
from django.conf import LazySettings

from yingbin.pages import wing
from yingbin.pages.wing import GROUPS, Entry, PartsOf, PathsOf, Progress, Wing, called, paths

LOW = Wing(app="low", ticks=("low.a", "low.b"), scopes={"low.read": ("p", "读")}, guards="low.G")
HIGH = Wing(app="high", ticks=("high.a",), scopes={"high.read": ("q", "看")})


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two wings and no other; the higher one first."""
    monkeypatch.setattr(wing, "all_wings", lambda: (HIGH, LOW))


@pytest.mark.parametrize(
    ("asks", "held", "opens"),
    [
        ((), frozenset(), True),
        ((), frozenset({"board.see"}), True),
        (("board.see",), frozenset(), False),
        (("board.see", "turns.see"), frozenset({"turns.see"}), True),
        (("board.see",), frozenset({"turns.see"}), False),
    ],
)
def test_a_page_is_in_the_navigation_of_whoever_holds_one_of_its_permissions(
    asks: tuple[str, ...], held: frozenset[str], opens: bool
) -> None:
    assert Entry("live", "home", "door", "到访", asks).opens_for(held) is opens


@pytest.mark.parametrize(("done", "days", "over"), [(0, 3, False), (3, 3, True), (4, 3, True), (0, 0, True)])  # fmt: skip
def test_a_past_is_over_when_all_its_days_are_played(done: int, days: int, over: bool) -> None:
    assert Progress(done, days).is_over is over


@pytest.mark.usefixtures("two")
def test_paths_of_all_wings_are_one_list_and_one_that_says_nothing_adds_nothing() -> None:
    assert paths("ticks") == ("high.a", "low.a", "low.b")
    assert paths("guards") == ("low.G",)
    assert paths("finders") == ()
    said = PathsOf("ticks")
    assert (len(said), said[0], said[-1], said[1:]) == (3, "high.a", "low.b", ("low.a", "low.b"))
    assert list(said) == ["high.a", "low.a", "low.b"]
    assert "low.a" in said


@pytest.mark.usefixtures("two")
def test_tables_of_all_wings_are_one_table() -> None:
    scopes: PartsOf[tuple[str, str]] = PartsOf("scopes")
    assert dict(scopes) == {"low.read": ("p", "读"), "high.read": ("q", "看")}
    assert (len(scopes), scopes["high.read"][1], "none" in scopes) == (2, "看", False)
    with pytest.raises(KeyError):
        scopes["none"]


def test_wings_are_those_of_the_settings_and_an_app_without_one_is_no_fault(
    settings: LazySettings,
) -> None:
    settings.YINGBIN_APPS = ["yingbin.rules", "yingbin.files", "yingbin.matters"]
    wing.all_wings.cache_clear()
    try:
        assert [one.app for one in wing.all_wings()] == ["matters", "files"]
    finally:
        wing.all_wings.cache_clear()


def test_a_function_that_a_wing_names_is_called_by_its_path() -> None:
    assert called("yingbin.pages.phones.masked")("+8613812348821") == "138****8821"
    with pytest.raises(ImportError):
        called("yingbin.pages.phones.none")


def test_every_wing_has_the_same_groups_in_the_same_order() -> None:
    assert list(GROUPS.values()) == ["待办", "现场", "台账", "管理"]
