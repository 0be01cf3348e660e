"""How the columns of a file are read is shown, changed, remembered; what stands for nobody is assigned (TQ-3)."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from tests.gallery.conftest import Gallery
from tests.gallery.sheet_maker import workbook
from tests.gallery.test_importing import Office, row
from tests.gallery.test_importing_pages import read_as_proposed, sent, text_of
from tests.gallery.test_reception import signed_in
from yingbin.customers.models import ReceiverOfRecord
from yingbin.importing import actions, queries
from yingbin.importing.models import ImportFile, ImportRow, ImportRun, MappingMemory, NamedPerson
from yingbin.rules.decision import Refused
from yingbin.tables.survey import Choices, SheetChoice, hidden

pytestmark = pytest.mark.clause("TQ-3")
LIST = "/gallery/register/imports/"
UNKNOWN = ["贵宾到店", "贵宾", "怎么找", "客户等级"]
LINE = ["2025-03-08", "张伟", "138 1234 1234", "A"]


@pytest.fixture
def office(hall: Gallery) -> Office:
    return Office(hall)


def sheets(**named: list[list[Any]]) -> bytes:
    """A workbook with a sheet for each name; one called 隐藏 is hidden."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for line in rows:
            sheet.append(line)
        sheet.sheet_state = "hidden" if name == "隐藏" else "visible"
    book.save(out)
    return out.getvalue()


def test_every_sheet_and_column_is_shown_with_samples_and_the_numbers_masked(
    client: Client, office: Office
) -> None:
    head = ["日期", "姓名", "电话", "客户等级"]
    data = sheets(三月=[head, LINE], 隐藏=[head, LINE], 说明=[["只供内部使用"]])
    page = signed_in(client, office.gallery, "郑岚")
    there = sent(page, data).headers["Location"]
    text = text_of(page, there)
    for words in ("三月", "隐藏的，没有读", "说明", "客户等级", "张伟", "138 ****"):
        assert words in text
    assert "138 1234 1234" not in text
    assert ImportRun.objects.get().state == "asking"
    assert not ImportRow.objects.exists()


def test_headings_nobody_knows_are_mapped_by_hand_and_known_next_time(
    client: Client, office: Office
) -> None:
    data = workbook([LINE], head=UNKNOWN)
    page = signed_in(client, office.gallery, "郑岚")
    first = sent(page, data).headers["Location"]
    chosen = {"as-0-0": "day", "as-0-1": "names", "as-0-2": "phones", "as-0-3": "-"}
    read_as_proposed(page, first, **chosen, **{"sheet-0": "1"})
    office.work()
    (line,) = ImportRow.objects.all()
    assert (line.verdict, line.told["names"], line.told["phones"]) == (
        "new",
        ["张伟"],
        ["+8613812341234"],
    )
    assert "A" not in line.told["words"]["note"]
    again = sent(page, data, key="up2").headers["Location"]
    assert text_of(page, again).count("照上次选的") == len(MappingMemory.objects.all())
    assert 'name="sheet-0" value="1" checked' in text_of(page, again)


def test_what_is_remembered_at_one_site_is_not_proposed_at_another(office: Office) -> None:
    run = office.sent(workbook([LINE], head=["日期", "姓名", "电话", "客户等级"]))
    chosen = Choices({0: SheetChoice(True, 1, {0: "day", 1: "names", 2: "phones", 3: "needs"})})
    office.settle(run, chosen)
    assert queries.memory(office.gallery.site, "register") == {"客户等级": "needs"}
    assert queries.memory(office.gallery.site, "staff") == {}
    assert queries.memory(run.id, "register") == {}


def test_choosing_what_is_proposed_forgets_the_former_choice(office: Office) -> None:
    head = ["日期", "姓名", "电话", "客户等级"]
    other = Choices({0: SheetChoice(True, 1, {3: "needs"})})
    office.settle(office.sent(workbook([LINE], head=head)), other)
    office.settle(
        office.sent(workbook([LINE], head=head)), Choices({0: SheetChoice(True, 1, {3: ""})})
    )
    assert not MappingMemory.objects.exists()


@pytest.mark.parametrize(
    ("columns", "taken", "why"),
    [
        ({0: "day", 1: "day", 2: "phones"}, True, "几列都选了「来访日期」"),
        ({0: "", 1: "names", 2: "phones"}, True, "还没有选「来访日期」是哪一列"),
        ({0: "day", 1: "", 2: ""}, True, "客户姓名或电话"),
        ({0: "day", 1: "names", 2: "money"}, True, "不在列表里"),
        ({}, False, "一张表都没有选"),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused_in_words(
    office: Office, columns: dict[int, str], taken: bool, why: str
) -> None:
    run = office.sent(workbook([LINE[:3]], head=["日期", "姓名", "电话"]))
    with pytest.raises(Refused, match=why):
        office.settle(run, Choices({0: SheetChoice(taken, 1, columns)}))
    run.refresh_from_db()
    assert run.state == "asking"


def test_a_refused_choice_stays_on_the_page_with_its_reason(client: Client, office: Office) -> None:
    page = signed_in(client, office.gallery, "郑岚")
    there = sent(page, workbook([LINE[:3]], head=["日期", "姓名", "电话"])).headers["Location"]
    told = {"key": "m", "sheet-0": "1", "as-0-0": "note", "as-0-1": "names", "as-0-2": "phones"}
    answer = page.post(there, told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "还没有选「来访日期」是哪一列" in text
    assert '<option value="note" selected>' in text


@pytest.mark.parametrize(("order", "day"), [("mdy", "2025-03-08"), ("dmy", "2025-08-03")])
def test_days_that_can_be_read_two_ways_are_asked_about_once(
    client: Client, office: Office, order: str, day: str
) -> None:
    page = signed_in(client, office.gallery, "郑岚")
    data = workbook([["3/8/2025", "张伟", "13812341234"]], head=["日期", "姓名", "电话"])
    there = sent(page, data).headers["Location"]
    assert "哪个数是月" in text_of(page, there)
    read_as_proposed(page, there, order=order)
    office.work()
    (line,) = ImportRow.objects.all()
    assert line.told["day"] == day
    assert line.warnings == []


def test_days_that_their_column_settles_are_not_asked_about(client: Client, office: Office) -> None:
    page = signed_in(client, office.gallery, "郑岚")
    rows = [["3/8/2025", "张伟", "13812341234"], ["25/8/2025", "李娜", "13912341234"]]
    there = sent(page, workbook(rows, head=["日期", "姓名", "电话"])).headers["Location"]
    assert "哪个数是月" not in text_of(page, there)


def test_a_hidden_sheet_is_read_if_somebody_chooses_it(office: Office) -> None:
    head = ["日期", "姓名", "电话", "备注"]
    run = office.sent(sheets(三月=[head, LINE], 隐藏=[head, ["2025-03-09", "李娜", "13912341234"]]))
    office.settle(run, Choices({0: SheetChoice(False, 1), 1: SheetChoice(True, 1)}))
    office.work()
    assert [r.told["names"] for r in ImportRow.objects.filter(of=run)] == [["李娜"]]


def test_the_report_shows_what_will_be_stored_beside_the_files_own_text(
    client: Client, office: Office
) -> None:
    run = office.upload([row("25年3月8日", "张伟先生", "+86 13812341234")])
    text = text_of(signed_in(client, office.gallery, "郑岚"), f"{LIST}{run.id}/")
    for words in ("2025-03-08", "原文「25年3月8日」", "原文「张伟先生」", "138****1234"):
        assert words in text
    assert "13812341234" not in text


# Names that are no colleague's


def test_receivers_who_are_no_colleagues_are_listed_and_can_be_assigned(
    client: Client, office: Office
) -> None:
    rows = [
        row("2025-03-08", "张伟", "13812341234", "小赵（离职）"),
        row("2025-03-08", "李娜", "13912341234", "小赵（离职）"),
        row("2025-03-08", "王芳", "13712341234", "林悦"),
    ]
    run = office.upload(rows)
    (name,) = NamedPerson.objects.all()
    assert (name.name, name.lines) == ("小赵（离职）", 2)
    page = signed_in(client, office.gallery, "郑岚")
    assert "小赵（离职）" in text_of(page, f"{LIST}{run.id}/")
    zhou = office.gallery.id("周航")
    page.post(f"{LIST}{run.id}/people/", {"key": "who", f"who-{name.pk}": str(zhou)})
    assert 'name="receivers" value="1" checked' in text_of(page, f"{LIST}{run.id}/")
    office.apply(run, receivers=True)
    theirs = ReceiverOfRecord.objects.values_list("staff_id", flat=True)
    assert sorted(map(office.gallery.name, theirs)) == ["周航", "周航", "林悦"]


def test_nobody_from_elsewhere_can_be_assigned(office: Office) -> None:
    run = office.upload([row("2025-03-08", "张伟", "13812341234", "小赵")])
    name = NamedPerson.objects.get()
    with pytest.raises(Refused, match="在岗的名单"):
        actions.assign(office.acting(), run_id=run.id, people={str(name.pk): run.id})
    office.apply(run)
    with pytest.raises(Refused, match="不能再改归谁"):
        actions.assign(office.acting(), run_id=run.id, people={str(name.pk): None})


def test_names_and_samples_are_forgotten_with_the_upload(office: Office) -> None:
    waiting = office.sent(workbook([row("2025-03-08", "张伟", "13812341234", "小赵")]))
    office.upload([row("2025-03-08", "张伟", "13812341234", "小赵")])
    actions.drop_import(office.acting(), run_id=waiting.id)
    assert not ImportFile.objects.exists()
    for run in ImportRun.objects.filter(dropped_at=None):
        actions.drop_import(office.acting(), run_id=run.id)
    assert not NamedPerson.objects.exists()


def test_the_page_of_columns_asks_the_same_questions_however_many_columns(
    client: Client, office: Office
) -> None:
    page = signed_in(client, office.gallery, "郑岚")

    def asked(many: int) -> int:
        head = ["日期", "姓名", "电话", *(f"栏{chr(0x4E00 + n)}" for n in range(many))]
        run = office.sent(workbook([[*LINE[:3], *("x" * many)]], head=head))
        text_of(page, f"{LIST}{run.id}/columns/")
        with CaptureQueriesContext(connection) as questions:
            text_of(page, f"{LIST}{run.id}/columns/")
        return len(questions)

    assert asked(1) == asked(30)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138 **** 1234"),
        ("330102198001011234", "330****34"),
        ("2025-03-08 14:30", "2025-03-08 14:30"),
        ("20250308", "20250308"),
    ],
)
def test_samples_hide_the_middle_of_numbers(text: str, shown: str) -> None:
    assert hidden(text) == shown
