"""Who finds which pages in the navigation, in which order, and what a phone's bar holds."""

import pytest

from yingbin.people import roles
from yingbin.web.navigation import THUMB, Shelf, inbox, navigation, thumbs

EVERYTHING = frozenset(
    {"turns.take", "arrivals.record", "waiting.serve", "turns.supervise", "board.see", "turns.see"}
)


def test_a_phone_has_four_places_where_ones_role_starts_comes_first() -> None:
    nav = navigation("/", EVERYTHING)
    assert len(nav) > THUMB
    manager = thumbs(nav, frozenset({"sales_manager"}))
    assert [i.label for i in manager] == ["督导", "我的", "到访", "等待"]
    desk = thumbs(navigation("/", roles.ROLES["receptionist"].allows), frozenset({"receptionist"}))
    assert [i.label for i in desk] == ["到访", "等待", "轮排", "来电"]


@pytest.mark.parametrize(
    ("kind", "role", "bar"),
    [
        ("show_flat", "receptionist", ["现在", "待办", "客户", "我的排班"]),
        ("management_office", "desk_clerk", ["我的", "登记", "查住户", "待办"]),
        ("headquarters", "guard", ["门岗", "现在", "在场", "待办"]),
        ("sales_centre", "auditor", ["判定", "待办", "争议", "每日证书"]),
        ("sales_centre", "project_head", ["轮排", "现在", "各处", "待办"]),
        ("sales_centre", "salesperson", ["我的", "到访", "轮排", "来电"]),
    ],
)
def test_todo_is_one_place_of_the_bar_after_what_is_live(
    kind: str, role: str, bar: list[str]
) -> None:
    items = navigation("/", roles.ROLES[role].allows, kind)
    assert [i.label for i in thumbs(items, frozenset({role}))] == bar


def test_todo_in_the_bar_counts_and_is_marked_for_all_pages_in_it() -> None:
    held, waits = roles.ROLES["desk_clerk"].allows, {"notices:index": 3, "matters:index": 2}
    items = navigation("/matters/", held, "management_office", waits)
    todo = next(i for i in thumbs(items, frozenset({"desk_clerk"})) if i.label == "待办")
    assert (todo.count, todo.slot, todo.active) == (5, "n-inbox", True)
    elsewhere = inbox(navigation("/manual/", held, "management_office", waits), "/manual/")
    assert not elsewhere.active
    assert inbox(items, "/inbox/").active


def test_a_fold_lies_open_while_one_is_on_a_page_in_it() -> None:
    many = EVERYTHING | {"calls.record"}
    for path, is_open in (("/gallery/calls/", True), ("/gallery/board/", False)):
        live = tuple(i for i in navigation(path, many) if i.group == "live")
        assert Shelf("现场", live).one_is_folded is is_open, path


def test_a_group_shows_five_entries_and_folds_the_rest() -> None:
    live = tuple(i for i in navigation("/", EVERYTHING | {"calls.record"}) if i.group == "live")
    shelf = Shelf("现场", live)
    assert [i.label for i in shelf.open] == ["我的", "到访", "等待", "督导", "轮排"]
    assert [i.label for i in shelf.folded] == ["来电"]


def test_navigation_shows_only_what_one_may_open() -> None:
    labels = [item.label for item in navigation("/", frozenset({"turns.take"}))]
    assert "我的" in labels
    assert "督导" not in labels


def test_the_page_one_is_on_is_marked_also_below_its_address() -> None:
    marked = [i.label for i in navigation("/gallery/waiting/", EVERYTHING) if i.active]
    assert marked == ["等待"]
    assert not any(i.active for i in navigation("/elsewhere/", EVERYTHING))
