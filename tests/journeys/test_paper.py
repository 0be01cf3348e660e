"""What comes out of the printer: each sheet lies as it should, and every page says what it is a page of."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from yingbin.gallery.models import QueueState
from yingbin.journal import checkpoints

from .conftest import Enter
from .paper import Sheet, sheets


def printed(page: Page) -> list[Sheet]:
    """As the browser's own print button would, with the page's wishes for the paper."""
    return sheets(page.pdf(prefer_css_page_size=True))


def receive(hall: Gallery, groups: int) -> None:
    for n in range(groups):
        visit = hall.arrive(name=f"客户{n}")
        hall.finish(visit)
        hall.later(1)


@pytest.mark.clause("TQ-3")
def test_every_page_of_a_long_register_says_project_day_and_number(
    hall: Gallery, enter: Enter
) -> None:
    receive(hall, 40)
    page = enter("郑岚", "/gallery/register/")
    page.get_by_role("link", name="打印").click()
    paper = printed(page)
    assert len(paper) >= 3
    for n, sheet in enumerate(paper, 1):
        assert sheet.lies
        assert f"第{n}/{len(paper)}页" in sheet.text
        assert "项目:湖畔雅居销售中心" in sheet.text
        assert "日期:2026-" in sheet.text
        assert "接待人签名" in sheet.text, "the columns' heads"


def test_an_empty_sheet_to_write_on_is_one_page(hall: Gallery, enter: Enter) -> None:
    paper = printed(enter("郑岚", "/gallery/register/sheet/"))
    assert [s.lies for s in paper] == [True]
    assert "第1/1页" in paper[0].text


def test_the_outage_sheet_lies_and_figures_stand(hall: Gallery, enter: Enter) -> None:
    receive(hall, 6)
    page = enter("郑岚", "/gallery/outage/")
    assert all(sheet.lies for sheet in printed(page))
    for path in ("/reports/", "/gallery/supervision/", "/manual/"):
        page.goto(path)
        paper = printed(page)
        assert not any(sheet.lies for sheet in paper), path
        assert len(paper) <= 5, path
        assert len(paper[0].text) > 100, f"{path} begins with an empty page"


@pytest.mark.parametrize("people", [4, 14, 19])
def test_the_outage_sheet_is_one_page_with_lines_to_write_on(
    gallery: Gallery, enter: Enter, people: int
) -> None:
    more = ["林悦", "周航", "吴敏", "陈思远"]
    gallery.open(*more)
    live = QueueState.objects.get()
    extra = [str(uuid4()) for _ in range(people - len(more))]
    live.state["queue"] += extra
    live.names |= {who: f"同事{n}" for n, who in enumerate(extra)}
    live.state["counts"] |= dict.fromkeys(extra, 0)
    live.save()
    checkpoints.make(gallery.site, gallery.now)
    page = enter("郑岚", "/gallery/outage/")
    assert page.locator(".lines tbody tr").count() >= 5
    assert page.locator(".a4 .signed-line svg").count() == 1
    paper = printed(page)
    assert len(paper) == 1
    assert paper[0].lies


def test_printing_bringing_in_and_handing_out_stand_at_the_top(hall: Gallery, enter: Enter) -> None:
    receive(hall, 25)
    for phone in (False, True):
        page = enter("郑岚", "/gallery/register/", phone=phone)
        bottom = page.viewport_size["height"]  # type: ignore[index]
        for way in ("打印", "导入旧登记册", "带出（完整号码）"):
            box = page.locator(".book-ways").get_by_text(way, exact=True).bounding_box()
            assert box
            assert box["y"] + box["height"] < bottom, way


@pytest.mark.clause("TQ-6")
def test_a_confirmed_claim_is_not_counted_and_says_so_once(hall: Gallery, enter: Enter) -> None:
    from yingbin.gallery.actions import receptions
    from yingbin.gallery.models import Claim

    visit = hall.arrive(name="张伟")
    hall.do(receptions.claim_unrelated, "林悦", visit_id=visit.id, note="装修公司")
    claim = Claim.objects.get().id
    hall.do(receptions.decide_claim, "郑岚", claim_id=claim, how="出示了名片", confirm=True)
    page = enter("林悦", "/gallery/mine/", phone=True)
    row = page.locator("li", has=page.get_by_role("link", name=f"到访{visit.number}"))
    expect(row).to_contain_text("已确认无关：不计次，补接一次")
    assert row.inner_text().count("计次") == 1
