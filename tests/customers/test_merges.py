"""Two cards that are one person, and apart again."""

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingbin.customers import actions, queries
from yingbin.customers.models import Customer, CustomerName, CustomerPhone, Merge
from yingbin.rules.decision import Refused

from .office import Office


def register(office: Office, name: str, phone: str = "") -> UUID:
    return office.do(actions.register, "苏晴", name=name, phone=phone).customer


def merge(office: Office, into: UUID, source: UUID) -> UUID:
    done = office.do(actions.merge, "郑岚", into_id=into, source_id=source, why="本人确认")
    return done.merge


def snapshot() -> list[Any]:
    """Everything written on cards, as rows."""
    rows: list[Any] = []
    for model in (Customer, CustomerName, CustomerPhone):
        rows.extend(model.objects.order_by("id").values())
    return rows


@pytest.fixture
def two(office: Office) -> tuple[UUID, UUID]:
    """张三 with 8821 and 张叁 with 9932: one person."""
    return register(office, "张三", "13800008821"), register(office, "张叁", "13900009932")


def test_a_merged_card_is_one_line_found_by_either(office: Office, two: tuple[UUID, UUID]) -> None:
    merge(office, *two)
    for text in ("张三", "张叁", "8821", "9932", "zs"):
        (found,) = queries.find(office.site, text)
        assert found.id == two[0]
        assert (found.name, found.other_names) == ("张三", ("张叁",))
        assert set(found.phones) == {"138****8821", "139****9932"}
    card = queries.card(office.site, two[1])
    assert card is not None
    assert card.customer.id == two[0]
    assert queries.family(office.site, two[1]) == [two[0], two[1]]
    assert queries.shown_as(office.site, [two[1]])[two[1]].called == "张三"


def test_undoing_leaves_both_cards_exactly_as_they_were(
    office: Office, two: tuple[UUID, UUID]
) -> None:
    before = snapshot()
    made = merge(office, *two)
    assert snapshot() != before
    office.do(actions.undo_merge, "郑岚", merge_id=made)
    assert snapshot() == before
    assert [f.id for f in queries.find(office.site, "9932")] == [two[1]]
    row = Merge.objects.get()
    assert row.undone_by == office.id("郑岚")
    with pytest.raises(Refused, match="已经撤销"):
        office.do(actions.undo_merge, "郑岚", merge_id=made)


def test_what_was_written_meanwhile_stays_where_it_was_written(
    office: Office, two: tuple[UUID, UUID]
) -> None:
    made = merge(office, *two)
    office.do(actions.add_phone, "苏晴", customer_id=two[1], phone="13700001111")
    office.do(actions.undo_merge, "郑岚", merge_id=made)
    assert [f.id for f in queries.find(office.site, "13700001111")] == [two[0]]


@pytest.mark.clause("TQ-8")
def test_the_shown_cards_receiver_counts_and_else_the_merged_ones(
    office: Office, two: tuple[UUID, UUID]
) -> None:
    for one, who in ((two[1], "周航"), (two[0], "林悦")):
        office.do(
            actions.assign_receiver,
            "郑岚",
            customer_id=one,
            staff_id=office.id(who),
            reason="老客户",
        )
    made = merge(office, two[1], two[0])
    assert queries.receiver_of_record(office.site, two[0]) == office.id("周航")
    office.do(actions.undo_merge, "郑岚", merge_id=made)
    assert queries.receiver_of_record(office.site, two[0]) == office.id("林悦")
    third = register(office, "张散")
    merge(office, third, two[0])
    assert queries.receiver_of_record(office.site, third) == office.id("林悦")


def test_a_merge_needs_two_cards_and_a_reason(office: Office, two: tuple[UUID, UUID]) -> None:
    with pytest.raises(Refused, match="同一位"):
        merge(office, two[0], two[0])
    with pytest.raises(Refused, match="怎么确认"):
        office.do(actions.merge, "郑岚", into_id=two[0], source_id=two[1], why=" ")
    merge(office, *two)
    with pytest.raises(Refused, match="同一位"):
        merge(office, two[1], two[0])


def roots(ids: list[UUID]) -> dict[UUID, UUID]:
    shown = dict(Customer.objects.values_list("id", "merged_into_id"))
    return {i: shown[i] or i for i in ids}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_merges_are_undone_in_any_order(office: Office, order: tuple[int, ...]) -> None:
    ids = [register(office, f"客户{n}") for n in range(4)]
    before = snapshot()
    made = [
        merge(office, ids[1], ids[0]), merge(office, ids[2], ids[1]), merge(office, ids[3], ids[2])
    ]  # fmt: skip
    assert set(roots(ids).values()) == {ids[3]}
    links = {ids[0]: ids[1], ids[1]: ids[2], ids[2]: ids[3]}
    for n in order:
        office.do(actions.undo_merge, "郑岚", merge_id=made[n])
        del links[ids[n]]
        for one, root in roots(ids).items():
            end = one
            while end in links:
                end = links[end]
            assert root == end
    assert snapshot() == before


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=10))
def test_whatever_is_merged_and_undone_everyone_has_one_end(
    office: Office, moves: list[tuple[int, int, bool]]
) -> None:
    ids = [register(office, f"某人{n}") for n in range(5)]
    for a, b, undo in moves:
        try:
            standing = Merge.objects.filter(site_id=office.site, undone_at__isnull=True).first()
            if undo and standing:
                office.do(actions.undo_merge, "郑岚", merge_id=standing.id)
            else:
                merge(office, ids[a], ids[b])
        except Refused:
            continue
        ends = roots(ids)
        assert all(ends[end] == end for end in ends.values())
        links = Merge.objects.filter(source_id__in=ids, undone_at__isnull=True)
        assert all(ends[m.source_id] == ends[m.into_id] for m in links)


def test_likely_duplicates_are_proposed_and_can_be_dismissed(office: Office) -> None:
    register(office, "张三", "13800008821")
    a = register(office, "李四", "13900001234")
    b = register(office, "李四", "13900001243")
    c = register(office, "赵六", "13700007777")
    d = register(office, "钱七", "13700007777")
    register(office, "李四", "18600009999")
    found = {frozenset((p.first.id, p.second.id)): p.why for p in queries.look_alikes(office.site)}
    assert found == {frozenset((a, b)): "同名，电话只差一处", frozenset((c, d)): "同一个电话"}
    office.do(actions.dismiss_pair, "郑岚", one_id=d, other_id=c)
    merge(office, a, b)
    assert queries.look_alikes(office.site) == []
    assert queries.look_alikes_of(office.site, [c]) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_proposals_cost_the_same_for_one_and_thirty(
    office: Office, django_assert_num_queries: Any, rows: int
) -> None:
    for n in range(rows):
        register(office, f"赵{n}甲", f"138000{n:05d}")
        register(office, f"钱{n}乙", f"138000{n:05d}")
    with django_assert_num_queries(3):
        assert len(queries.look_alikes(office.site, limit=50)) == rows
