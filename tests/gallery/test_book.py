"""The register as a book: leafed through by whom, printed, handed out only by the manager (TQ-3)."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.gallery.models import RegisterExport
from yingbin.journal.models import Entry


@pytest.fixture
def kept(hall: Gallery) -> Gallery:
    """A gallery whose register has two rows, by 林悦 and by 周航."""
    hall.sign(
        hall.arrive(name="张伟", phone="13812341234"), name="张伟", phone="13812341234", why=""
    )
    hall.sign(hall.arrive(name="=李娜", phone="13900005678"), name="=李娜", phone="", why="")
    return hall


def book(client: Client, gallery: Gallery, name: str, **asked: str) -> str:
    page = signed_in(client, gallery, name).post("/gallery/register/", asked)
    return str(page.content.decode())


@pytest.mark.clause("TQ-3")
def test_the_manager_sees_every_row_with_numbers_masked(client: Client, kept: Gallery) -> None:
    text = book(client, kept, "郑岚")
    assert "张伟" in text
    assert "=李娜" in text
    assert "138****1234" in text
    assert "13812341234" not in text


@pytest.mark.clause("TQ-3")
def test_a_salesperson_sees_their_own_rows_and_the_desk_todays(
    client: Client, kept: Gallery
) -> None:
    mine = book(client, kept, "林悦", who=str(kept.id("周航")))
    assert "张伟" in mine
    assert "=李娜" not in mine
    kept.later(24 * 60)
    assert "没有登记" in book(client, kept, "苏晴")  # the rows are of another day


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [("1234", "张伟", "李娜"), ("lina", "李娜", "张伟"), ("#1", "张伟", "李娜")],
)
def test_a_row_is_found_by_the_customers_number_name_or_its_own_number(
    client: Client, kept: Gallery, typed: str, there: str, not_there: str
) -> None:
    text = book(client, kept, "郑岚", q=typed)
    assert there in text
    assert not_there not in text


@pytest.mark.clause("TQ-3")
def test_only_the_manager_hands_the_register_out_and_says_why(
    client: Client, kept: Gallery
) -> None:
    asked = {"key": "e1", "form": "sheet", "why": "", "q": "#1"}
    assert (
        signed_in(client, kept, "林悦").post("/gallery/register/export/", asked).status_code == 403
    )
    page = signed_in(client, kept, "郑岚")
    refused = page.post("/gallery/register/export/", asked)
    assert refused.status_code == 422
    assert "请写明带出去做什么用" in refused.content.decode()
    assert "可不填" not in refused.content.decode()
    assert 'name="q" value="#1"' in refused.content.decode()  # what was looked for stays
    assert not RegisterExport.objects.exists()
    asked = {"key": "e2", "form": "sheet", "why": "月度分析", "since": "2020-01-01"}
    answer = page.post("/gallery/register/export/", asked)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert rows[2][2:4] == ("张伟", "13812341234")
    assert rows[3][2] == "=李娜"
    cell = load_workbook(io.BytesIO(answer.content)).active["C4"]  # type: ignore[index]
    assert cell.data_type == "s"
    kept_fact = RegisterExport.objects.get()
    assert (kept_fact.rows, kept_fact.why) == (2, "月度分析")
    assert Entry.objects.filter(kind="register.handed_out").count() == 1
    assert "月度分析" in page.get("/gallery/register/exports/").content.decode()


@pytest.mark.clause("TQ-3")
def test_the_sheet_keeps_the_trades_columns_and_masks_unless_handed_out(
    client: Client, kept: Gallery
) -> None:
    page = signed_in(client, kept, "郑岚")
    text = page.get("/gallery/register/sheet/?since=2020-01-01").content.decode()
    for column in (
        "序号",
        "时间",
        "客户姓名",
        "电话",
        "人数",
        "获知途径",
        "接待人签名",
        "客户签名",
    ):
        assert column in text
    assert "13812341234" not in text
    asked = {"key": "e3", "form": "paper", "why": "存档", "since": "2020-01-01"}
    assert "13812341234" in page.post("/gallery/register/export/", asked).content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_the_book_asks_the_same_questions_however_many_rows(
    client: Client, hall: Gallery, rows: int, django_assert_num_queries: object
) -> None:
    for n in range(rows):
        visit = hall.arrive(name="张伟", phone=f"1381234{n:04d}")
        hall.finish(visit)
    page = signed_in(client, hall, "郑岚")
    page.get("/gallery/register/?since=2020-01-01")
    with django_assert_num_queries(7):  # type: ignore[operator]
        page.get("/gallery/register/?since=2020-01-01")
