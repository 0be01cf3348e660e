"""公司统一的检查模板: one list for all flats, which reaches those without their own; who may say so (SF-4.1, SF-4.7)."""

import pytest
from django.utils import timezone

from tests.force import guards_off
from yingbin.duty.actions import check_lists, shared_lists
from yingbin.duty.models import CheckList, SharedCheckList
from yingbin.duty.queries.check_lists import shown_lists
from yingbin.duty.queries.picture import picture
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.people.actions import company_id
from yingbin.people.models import Assignment
from yingbin.rules.decision import Refused

from .doors import enter, here, shown
from .flat import MONDAY, Flat
from .test_check_lists import Lists

pytestmark = pytest.mark.clause("SF-4.1", "SF-4.7")


@pytest.fixture
def two(flat: Flat) -> tuple[Lists, Flat]:
    """许 leads two flats; the first has a living room of its own in the opening check."""
    other = Flat()
    Assignment.objects.create(
        site=other.place, staff_id=flat.people["许"], role="lead", since=MONDAY
    )
    lists = Lists(flat)
    lists.add(title="靠垫五个")
    lists.publish()
    return lists, other


def share(flat: Flat, by: str = "许", check: str = "opening") -> int:
    """Said in the company's journal, as the page does."""
    acting = Acting(company_id(), f"c{next(flat.keys)}", flat.people[by], flat.now)
    return shared_lists.share_list(acting, site=flat.site, check=check)


def asked(flat: Flat, check: str = "opening") -> list[str]:
    """What the day's check asks at the flat's post."""
    task = picture(flat.site, flat.now).task(f"{flat.post}/{check}")
    assert task is not None
    return [item.title for item in task.items]


def faults(flat: Flat) -> list[str]:
    found = [
        str(f) for site in (flat.site, company_id()) for x in check_site(site) for f in x.found
    ]
    return [f for f in found if not f.startswith(("角色", "项目", "人员"))]


def test_a_list_of_the_company_is_the_next_day_s_where_a_place_has_none_of_its_own(
    two: tuple[Lists, Flat],
) -> None:
    lists, other = two
    other.come()
    assert share(lists.flat) == 1
    assert "靠垫五个" not in asked(other)  # a day under way keeps its version
    other.next_day()
    other.come()
    assert "靠垫五个" in asked(other)
    row = CheckList.objects.filter(site=other.place, kind="opening").latest("version")
    assert (row.version, row.shared, row.by) == (2, True, None)
    assert shown_lists(lists.flat.site)["opening"].own
    assert faults(other) == []


def test_a_change_of_the_shared_one_reaches_those_who_follow_it_as_a_new_version(
    two: tuple[Lists, Flat],
) -> None:
    lists, other = two
    share(lists.flat)
    other.come()
    assert "靠垫五个" in asked(other)
    lists.add(title="窗帘拉开")
    lists.publish()
    assert share(lists.flat) == 2
    assert "窗帘拉开" not in asked(other)
    other.next_day()
    other.come()
    assert "窗帘拉开" in asked(other)
    kept = CheckList.objects.filter(site=other.place, kind="opening").order_by("version")
    assert [(row.version, row.shared) for row in kept] == [(1, True), (2, True)]


def test_a_place_that_changes_it_has_its_own_from_then_on_and_may_come_back(
    two: tuple[Lists, Flat],
) -> None:
    lists, other = two
    share(lists.flat)
    theirs = Lists(other)
    theirs.add(title="鱼缸已喂", room="门厅")
    theirs.publish()
    assert shown_lists(other.site)["opening"].own
    lists.add(title="窗帘拉开")
    lists.publish()
    share(lists.flat)
    other.come()
    assert {"靠垫五个", "鱼缸已喂"} <= set(asked(other))  # it began with what the company had
    assert "窗帘拉开" not in asked(other)
    assert other.do(shared_lists.follow_shared, "许", check="opening") == 2
    assert shown_lists(other.site)["opening"].follows == 2
    with pytest.raises(Refused, match="已经是公司统一的"):
        other.do(shared_lists.follow_shared, "许", check="opening")
    other.next_day()
    other.come()
    assert "窗帘拉开" in asked(other)
    assert "鱼缸已喂" not in asked(other)
    assert faults(other) == []


def test_only_who_plans_at_every_such_place_says_what_holds_at_all_of_them(
    two: tuple[Lists, Flat],
) -> None:
    lists, _ = two
    for who in ("程", "叶"):  # the first flat's head doesn't plan at the other
        with pytest.raises(Refused, match="每一处同类项目"):
            share(lists.flat, who)
    Flat(kind="sales_centre", posts=("前台",))  # another kind of place asks nobody
    assert share(lists.flat) == 1
    Flat()
    with pytest.raises(Refused, match="每一处同类项目"):
        share(lists.flat)


def test_what_nobody_published_here_names_a_post_of_this_place_or_is_the_same_is_refused(
    two: tuple[Lists, Flat],
) -> None:
    lists, other = two
    acting = Acting(company_id(), "c", lists.flat.people["许"], other.now)
    with pytest.raises(Refused, match="改好并发布"):
        shared_lists.share_list(acting, site=other.site, check="opening")
    share(lists.flat)
    with pytest.raises(Refused, match="不用再定"):
        share(lists.flat)
    acting = Acting(lists.flat.site, "d", lists.flat.people["许"], lists.flat.now)
    check_lists.draft_section(acting, check="opening", title="酒窖", at=str(lists.flat.post))
    lists.add(title="恒温 14 度", room="酒窖")
    lists.publish()
    with pytest.raises(Refused, match="别处没有这个岗位"):
        share(lists.flat)
    with pytest.raises(Refused, match="还没有统一的"):
        other.do(shared_lists.follow_shared, "许", check="round")


def test_standard_items_can_t_be_dropped_from_it_either(two: tuple[Lists, Flat]) -> None:
    lists, _ = two
    with pytest.raises(Refused, match="规程规定的项不能去掉"):
        lists.flat.do(check_lists.drop_part, "许", check="opening", part="goods")
    share(lists.flat)
    items = {i["id"] for s in SharedCheckList.objects.get().body["sections"] for i in s["items"]}
    assert {"environment", "goods", "facilities", "guards"} <= items


def test_a_count_that_a_place_s_own_closing_check_needs_holds_the_company_s_back(
    two: tuple[Lists, Flat],
) -> None:
    lists, other = two
    theirs = Lists(other)
    other.come()
    art = theirs.add(title="挂画", room="书房", kind="count", unit="幅")
    theirs.publish()
    theirs.add(
        "closing", "书房", title="挂画", kind="count", unit="幅", same_as=art, may_be_na=False
    )
    theirs.publish("closing")
    share(lists.flat)
    with pytest.raises(Refused, match="要和这张表里的点数比"):
        other.do(shared_lists.follow_shared, "许", check="opening")


def test_the_page_says_whose_list_it_is_and_offers_what_one_may(
    two: tuple[Lists, Flat], monkeypatch: pytest.MonkeyPatch
) -> None:
    lists, other = two
    flat = lists.flat
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    lead, head = enter(flat, "许"), enter(flat, "程")
    address = here(flat, "setup/checks/opening/")
    assert "定为公司统一的" in shown(lead, address)
    assert "定为公司统一的" not in shown(head, address)
    assert head.post(f"{address}share/", {"key": "a"}, follow=True).status_code == 200
    assert not SharedCheckList.objects.exists()
    told = lead.post(f"{address}share/", {"key": "b"}, follow=True).content.decode()
    assert "已定为公司统一的第 1 版" in told
    there = here(other, "setup/checks/opening/")
    assert "公司给样板间统一的第 1 版" in shown(lead, there)
    assert "公司统一的第 1 版" in shown(lead, here(other, "setup/checks/"))
    assert "用回公司统一的" in shown(lead, address)


def test_what_the_company_s_journal_says_of_it_is_held_against_the_row(
    two: tuple[Lists, Flat],
) -> None:
    lists, _ = two
    share(lists.flat)
    assert faults(lists.flat) == []
    with guards_off():
        SharedCheckList.objects.update(body={"sections": []})
    assert [f for f in faults(lists.flat) if "内容" in f]
