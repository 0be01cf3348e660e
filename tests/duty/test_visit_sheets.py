"""The day's sheet goes to the lead, is matched with the gallery's register, and sales confirms it (SF-4.3.2)."""

from collections.abc import Callable

import pytest

from yingbin.duty.actions import questions, referrals, visit_sheets, visits
from yingbin.duty.actions.visit_sheets import SheetHanded
from yingbin.duty.models import MatchSettlement, VisitMatching, VisitSheet
from yingbin.duty.queries.visit_sheets import (
    at_gallery,
    matchings_at,
    seen_matching,
    sheet_days,
    sheet_lines,
)
from yingbin.duty.visit_inbox import lines
from yingbin.duty.visit_sheet import VISIT_SHEET
from yingbin.journal.action import Acting
from yingbin.notices.models import Notice
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.rules.decision import Refused
from yingbin.sheets.columns import laid_out
from yingbin.sheets.ink import Signature
from yingbin.web.live import topics

from .beside import Beside
from .flat import Flat
from .test_visits import WANG, come_in, faults

pytestmark = pytest.mark.clause("SF-4.3.2")
INK = Signature("glass", ((100, 100, 300, 200, 500, 120, 600, 130, 700, 90, 800, 140),))
DONE = "只看了样板间"


@pytest.fixture
def evening(flat: Flat) -> tuple[Flat, Beside]:
    """王建国 was sent to the gallery, 张 came to both places, a family only here, 李四 only there; all have left."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:40")
    flat.now = flat.at("10:00")
    hall = Beside(flat).chosen()
    sent = come_in(flat)
    flat.do(visits.tell_guests, "叶", visit_id=sent.id, size=2, been=False, **WANG)
    flat.do(referrals.send_over, "叶", visit_id=sent.id)
    flat.do(questions.ask_question, "叶", visit_id=sent.id, question="层高？", answer="2.95 米")
    zhang = come_in(flat, 1, been=True)
    told = {"name": "张", "phone": "13900001111", "agreed": WANG["agreed"], "note": "带孩子"}
    flat.do(visits.tell_guests, "叶", visit_id=zhang.id, size=1, been=True, **told)
    family = come_in(flat, 4, been=False)
    hall.arrive(name="张三")
    hall.arrive(name="李四", phone="13900002222")
    for visit in (sent, zhang, family):
        flat.do(visits.guests_out, "叶", visit_id=visit.id)
    flat.now = flat.at("18:10")
    return flat, hall


def hand_over(flat: Flat, word: str = "") -> SheetHanded:
    day = flat.now.date()
    return flat.do(visit_sheets.hand_over_sheet, "叶", day=day, word=word, signature=INK)


def laid(flat: Flat) -> VisitMatching:
    hand_over(flat)
    done = flat.do(visit_sheets.match_sheet, "许", day=flat.now.date())
    return VisitMatching.objects.get(id=done.matching)


def settle_all(flat: Flat, row: VisitMatching) -> None:
    for n, pair in enumerate(row.pairs):
        if pair["kind"] != "both":
            same = True if pair["kind"] == "likely" else None
            flat.do(
                visit_sheets.settle, "许", matching=row.id, indexes=(n,), word=DONE, same=same, flat="样板间"
            )  # fmt: skip


def answer(flat: Flat, hall: Beside, row: VisitMatching, *, agreed: bool, word: str = "") -> None:
    """The gallery's manager answers at the flat's own journal."""
    acting = Acting(flat.site, f"a{next(flat.keys)}", hall.people["郑岚"], flat.now)
    told = {"matching": row.id, "gallery": hall.site, "agreed": agreed, "word": word}
    visit_sheets.answer_matching(acting, **told)  # type: ignore[arg-type]


def test_the_sheet_has_the_catalogue_s_columns_and_masks_the_number(
    evening: tuple[Flat, Beside],
) -> None:
    flat, _ = evening
    day = flat.now.date()
    grid = laid_out(VISIT_SHEET, sheet_lines(flat.site, day), "paper")
    assert [head.title for head in grid.heads] == [
        "序号", "到访时间", "离开时间", "客户姓名", "电话", "人数", "是否到过售楼处", "咨询问题",
        "答复", "推荐/转交", "备注",
    ]  # fmt: skip
    first, second, third = ([cell.value for cell in row.cells] for row in grid.rows)
    assert first[3:10] == [
        "王建国", "138****1234", 2, "没到过", "层高？", "2.95 米", "转湖畔雅居 第 1 批，林悦接待",
    ]  # fmt: skip
    assert second[3:7] == ["张", "139****1111", 1, "到过"]
    assert second[10] == "带孩子"
    assert third[3:5] == ["未留姓名", ""]
    full = laid_out(VISIT_SHEET, sheet_lines(flat.site, day, full=True), "workbook", full=True)
    assert "13812341234" in [cell.value for cell in next(iter(full.rows)).cells]


def test_it_is_handed_over_once_everybody_has_gone_and_signed(
    evening: tuple[Flat, Beside],
) -> None:
    flat, _ = evening
    late = come_in(flat, 1)
    with pytest.raises(Refused, match="还有客人没有送走"):
        hand_over(flat)
    flat.do(visits.guests_out, "叶", visit_id=late.id)
    handed = hand_over(flat)
    assert (handed.number, handed.visits) == (1, 4)
    assert Notice.objects.filter(kind="duty.sheet", to_id=flat.people["许"]).count() == 1
    with pytest.raises(Refused, match="请写明更正了什么"):
        hand_over(flat)
    again = hand_over(flat, "漏了一批")
    assert VisitSheet.objects.get(id=again.sheet).corrects_id == handed.sheet
    assert faults(flat) == []


def test_the_two_books_are_laid_side_by_side(evening: tuple[Flat, Beside]) -> None:
    flat, hall = evening
    seen = seen_matching(laid(flat))
    found = [
        (p.kind, p.here.called if p.here else "", p.there.called if p.there else "")
        for p in seen.pairs
    ]
    assert found == [
        ("both", "王建国", "王建国"),
        ("likely", "张", "张三"),
        ("only_here", "未留姓名", ""),
        ("only_there", "", "李四"),
    ]
    assert (seen.state, seen.left, seen.gallery) == ("open", 3, "湖畔雅居")
    text = str([(p.here, p.there and (p.there.called, p.there.phone)) for p in seen.pairs])
    assert "13900002222" not in text
    assert faults(flat) == []
    assert faults_there(hall) == []


def faults_there(hall: Beside) -> list[str]:
    beside = Flat.__new__(Flat)
    beside.site = hall.site
    return faults(beside)


def test_each_difference_has_a_word_and_then_the_gallery_confirms(
    evening: tuple[Flat, Beside],
) -> None:
    flat, hall = evening
    row = laid(flat)
    with pytest.raises(Refused, match="还没有逐条说明完"):
        answer(flat, hall, row, agreed=True)
    with pytest.raises(Refused, match="请选是不是同一批"):
        flat.do(visit_sheets.settle_pairs, "许", matching=row.id, indexes=(1,), word=DONE)
    with pytest.raises(Refused, match="请写一句怎么回事"):
        flat.do(visit_sheets.settle_pairs, "许", matching=row.id, indexes=(2,), word=" ")
    with pytest.raises(Refused, match="不用说明"):
        flat.do(visit_sheets.settle_pairs, "许", matching=row.id, indexes=(0,), word=DONE)
    settle_all(flat, row)
    told = Notice.objects.filter(site_id=hall.site, kind="duty.matched")
    assert [n.to_id for n in told] == [hall.people["郑岚"]]
    assert seen_matching(row).state == "ready"
    answer(flat, hall, row, agreed=True)
    assert seen_matching(row).state == "confirmed"
    assert sheet_days(flat.site, [flat.now.date()])[0].matched == "confirmed"
    for again in (
        lambda: settle_all(flat, row),
        lambda: flat.do(visit_sheets.match_sheet, "许", day=flat.now.date()),
    ):
        with pytest.raises(Refused, match="销售部已经确认过"):
            again()
    assert faults(flat) == []


def test_sent_back_it_waits_for_a_new_word(evening: tuple[Flat, Beside]) -> None:
    flat, hall = evening
    row = laid(flat)
    settle_all(flat, row)
    with pytest.raises(Refused, match="退回请写明哪里不对"):
        answer(flat, hall, row, agreed=False)
    answer(flat, hall, row, agreed=False, word="张三是另一家")
    assert seen_matching(row).state == "back"
    with pytest.raises(Refused, match="已经退回样板间"):
        answer(flat, hall, row, agreed=True)
    flat.do(
        visit_sheets.settle_pairs, "许", matching=row.id, indexes=(1,), word="不是一家", same=False
    )
    assert seen_matching(row).state == "ready"
    assert MatchSettlement.objects.filter(matching=row, index=1).count() == 2
    assert faults(flat) == []


def waits(flat: Flat, place: Flat | Beside, who: str) -> tuple[list[str], str]:
    """What stands in 待办 of this person about 对接, and the number of 待办 with everything in it."""
    held = badge(Staff.objects.get(id=place.people[who]), place.site, flat.now)
    shown = topics()["shell"].render(Viewer(held, "shell"))["n-inbox"]
    number = shown.replace('<span class="count">', "").replace("</span>", "").strip()
    return [line.title.partition("日的")[2] for line in lines(held, flat.now)], number or "0"


def test_a_day_that_waits_is_counted_once_by_its_line_and_not_by_its_notice_too(
    evening: tuple[Flat, Beside],
) -> None:
    flat, hall = evening
    Notice.objects.all().delete()
    assert waits(flat, flat, "许") == ([], "0")
    hand_over(flat)
    assert waits(flat, flat, "许") == (["接待记录表等您与售楼处对照"], "1")
    done = flat.do(visit_sheets.match_sheet, "许", day=flat.now.date())
    row = VisitMatching.objects.get(id=done.matching)
    assert waits(flat, flat, "许") == (["接待记录表还有差异要说明"], "1")
    assert waits(flat, hall, "郑岚") == ([], "0")
    settle_all(flat, row)
    assert waits(flat, flat, "许") == ([], "0")
    assert waits(flat, hall, "郑岚") == (["对接等您确认"], "1")
    answer(flat, hall, row, agreed=False, word="张三是另一家")
    assert waits(flat, hall, "郑岚") == ([], "0")
    assert waits(flat, flat, "许") == (["接待记录表被销售部退回，等您改"], "1")
    settle_all(flat, row)
    answer(flat, hall, row, agreed=True)
    assert waits(flat, hall, "郑岚") == ([], "0")
    assert waits(flat, flat, "许") == ([], "1")  # that it was confirmed is news, and nothing to do
    hand_over(flat, "漏了一批")
    assert waits(flat, flat, "许") == (["接待记录表等您与售楼处对照"], "2")


def test_another_gallery_can_neither_see_nor_confirm_it(evening: tuple[Flat, Beside]) -> None:
    flat, hall = evening
    row = laid(flat)
    settle_all(flat, row)
    other = Beside(flat, open=False)
    assert at_gallery(other.site, row.id) is None
    assert matchings_at(other.site, row.day) == []
    assert [(m.id, name, state) for m, name, state in matchings_at(hall.site, row.day)] == [
        (row.id, "样板间", "ready")
    ]
    with pytest.raises(Refused, match="不是您这里的"):
        answer(flat, other, row, agreed=True)


@pytest.mark.parametrize(
    ("ready", "why"), [(False, "记录表还没有交"), (True, "还没有设对接的售楼处")]
)
def test_without_sheet_or_gallery_there_is_nothing_to_lay_beside(
    flat: Flat, ready: bool, why: str
) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:40")
    if ready:
        hand_over(flat)
    with pytest.raises(Refused, match=why):
        flat.do(visit_sheets.match_sheet, "许", day=flat.now.date())


def test_a_day_with_thirty_groups_asks_no_more_than_one_with_one(
    flat: Flat, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:40")
    flat.now = flat.at("10:00")
    for n in range(30):
        visit = come_in(flat)
        told = {"name": f"王{n}", "phone": f"138123410{n:02}", "agreed": WANG["agreed"]}
        flat.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, **told)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        assert len(sheet_lines(flat.site, flat.now.date())) == 30
