"""The pages on which people are brought in, as whoever manages people walks through them."""

import io
import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests import cast
from tests.importing.personnel import Personnel, excel, rows
from tests.people.conftest import sign_in
from tests.people.test_setup import COMPANY, GUBEI, SITE
from yingbin.importing import actions
from yingbin.importing.models import ImportRun, MappingMemory
from yingbin.people.models import Assignment, Company, Site, Staff

LIST = "/staff/sheet/"
GOOD = ["单小梅", "138 1234 5678", None, "接待员"]
BAD = ["", None, None, "前台"]


def browser(name: str) -> Client:
    """Somebody's browser, in a company that waives the second factor."""
    Company.objects.update(managers_need_second_factor=False)
    return sign_in(name)


@pytest.fixture
def manager(hupan: Site) -> Client:
    return browser("郑岚")


def upload(page: Client, data: bytes, name: str = "名单.xlsx", key: str = "up") -> Any:
    return page.post(LIST, {"key": key, "file": SimpleUploadedFile(name, data)})


def text_of(page: Client, address: str) -> str:
    return page.get(address).content.decode()


def mapped(page: Client, columns: str, **changed: str) -> Any:
    """Sends the page of columns as it stands, but for what is changed."""
    text = text_of(page, columns)
    told = {
        name: re.findall(r'<option value="([^"]*)" selected', options)[0]
        for name, options in re.findall(
            r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', text, re.S
        )
    }
    boxes = re.findall(r'name="(sheet-\d+)" value="1" checked', text)
    return page.post(columns, {"key": "map", **told, **dict.fromkeys(boxes, "1"), **changed})


def brought(page: Client, personnel: Personnel, *lines: Any, **more: Any) -> str:
    """A sheet uploaded and read as proposed; the page of its report."""
    there = upload(page, excel(*lines, **more)).headers["Location"]
    report = str(mapped(page, there).headers["Location"])
    personnel.work(ImportRun.objects.get())
    return report


def test_from_upload_to_the_slips_and_back_by_plain_posts(
    manager: Client, personnel: Personnel
) -> None:
    report = brought(manager, personnel, GOOD, BAD)
    text = text_of(manager, report)
    for words in ("没有写", "只收 1 行好的", "新同事", "要么全收、要么一行不收"):
        assert words in text
    new = text_of(manager, report + "?only=new")
    for words in ("138****5678", "按姓名拼音自动生成", "接待员", "湖畔雅居"):
        assert words in new
    assert not Staff.objects.filter(name="单小梅").exists()
    manager.post(report + "begin/", {"key": "all", "take": "all"})
    assert ImportRun.objects.get().state == "read"
    manager.post(report + "begin/", {"key": "go", "take": "good"})
    assert 'http-equiv="refresh"' in text_of(manager, report)
    run = personnel.work(ImportRun.objects.get())
    done = text_of(manager, report)
    assert f"/staff/slips/{run.id}/" in done
    slips = manager.get(f"/staff/slips/{run.id}/")
    assert [p.name for p, _ in slips.context["people"]] == ["单小梅"]
    manager.post(report + "undo/", {"key": "undo", "why": "导错了"})
    personnel.work(run)
    assert "新同事已办离职" in text_of(manager, report)
    assert not Staff.objects.get(name="单小梅").is_active


def test_colleagues_who_get_a_role_and_those_who_are_here_are_told_apart(
    manager: Client, personnel: Personnel
) -> None:
    report = brought(
        manager,
        personnel,
        ["周航", "13800010012", "", "接待员"],
        ["林悦", "13800010011", "", "置业顾问"],
    )
    known = text_of(manager, report + "?only=known")
    for words in ("加角色", "周航（zhouhang）", "138****0012", "接待员"):
        assert words in known
    assert "早已在册" in text_of(manager, report + "?only=again")
    assert "13800010012" not in known


def test_headings_nobody_knows_are_mapped_by_hand_and_known_next_time(
    manager: Client, personnel: Personnel
) -> None:
    head = ["员工", "联络", "干什么"]
    data = excel(["单小梅", "13812345678", "接待员"], head=head)
    there = upload(manager, data).headers["Location"]
    text = text_of(manager, there)
    assert "没有找到标题行，没有读" in text
    assert "写进备注" not in text
    chosen = {"as-0-0": "name", "as-0-1": "phone", "as-0-2": "role", "sheet-0": "1"}
    assert mapped(manager, there, **chosen).status_code == 302
    run = personnel.work(ImportRun.objects.get())
    assert [row.verdict for row in rows(run)] == ["new"]
    assert MappingMemory.objects.filter(kind="staff").count() == 3
    again = upload(manager, data, key="up2").headers["Location"]
    assert text_of(manager, again).count("照上次选的") == 3


def test_a_sheet_without_roles_says_which_column_is_missing(manager: Client) -> None:
    data = excel(["单小梅", "13812345678"], head=["姓名", "手机"])
    there = upload(manager, data).headers["Location"]
    answer = mapped(manager, there)
    assert answer.status_code == 422
    assert "还没有选「角色」是哪一列" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"hello", "没有找到标题行"), (b"", "空的"), (b"%PDF-1.7", "这是 PDF"), (None, "请选择文件")],
)
def test_what_is_no_sheet_is_refused_at_the_field(
    manager: Client, data: bytes | None, why: str
) -> None:
    answer = upload(manager, data) if data is not None else manager.post(LIST, {"key": "k"})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_someone_elses_upload_does_not_exist(manager: Client, personnel: Personnel) -> None:
    report = brought(manager, personnel, GOOD)
    admin = browser("顾北")
    assert "名单.xlsx" not in text_of(admin, LIST)
    assert "名单.xlsx" in text_of(manager, LIST)
    for verb in ("", "columns/"):
        assert admin.get(report + verb).status_code == 404
    for verb in ("begin/", "people/", "drop/", "undo/", "report/"):
        assert admin.post(report + verb, {"key": verb, "take": "good"}).status_code == 404
    assert ImportRun.objects.get().state == "read"


@pytest.mark.parametrize("name", ["苏晴", "林悦", "秦明", "案场大屏"])
def test_who_manages_nobody_brings_nobody_in(personnel: Personnel, name: str) -> None:
    run = personnel.read(GOOD)
    page = browser(name)
    assert page.get(LIST).status_code == 403
    assert page.get(f"{LIST}template.xlsx").status_code == 403
    assert upload(page, excel(GOOD)).status_code == 403
    for verb in ("begin/", "people/", "drop/", "undo/", "report/", "columns/"):
        assert page.post(f"{LIST}{run.id}/{verb}").status_code == 403


def test_a_sheet_takes_nobody_of_another_site_in(hupan: Site, personnel: Personnel) -> None:
    there = Site.objects.create(
        kind="sales_centre", code="shanding", name="山顶", short_name="山顶"
    )
    xunuo = cast.person("许诺")
    Assignment.objects.filter(staff=xunuo).update(site=there, role="sales_manager")
    page, other = browser("许诺"), Personnel("许诺", there.id)
    report = brought(page, other, ["林悦", "13800010011", "", "置业顾问"])
    assert "请用「调入已有的同事」" in text_of(page, report)
    page.post(report + "begin/", {"key": "go", "take": "good"})
    other.work(ImportRun.objects.get())
    assert not Assignment.objects.filter(site=there, staff=cast.person("林悦")).exists()


def test_the_blank_sheet_offers_what_this_person_may_give_here(manager: Client) -> None:
    assert "下载模板" in text_of(manager, LIST)
    answer = manager.get(f"{LIST}template.xlsx")
    assert answer["Content-Disposition"].startswith("attachment")
    notes = load_workbook(io.BytesIO(answer.content))["说明"]
    assert "置业顾问" in str(notes["B4"].value)
    assert "销售经理" not in str(notes["B4"].value)
    by_admin = browser("顾北").get(f"{LIST}template.xlsx")
    assert "销售经理" in str(load_workbook(io.BytesIO(by_admin.content))["说明"]["B4"].value)


def test_the_register_keeps_no_blank_sheet(manager: Client) -> None:
    assert manager.get("/gallery/register/imports/template.xlsx").status_code == 404


def test_refused_lines_come_home_with_all_that_is_wrong(
    manager: Client, personnel: Personnel
) -> None:
    report = brought(manager, personnel, GOOD, ["新人", "123", "", "店小二"])
    answer = manager.post(report + "report/", {"key": "r"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, line = list(sheet.values)
    assert head[3:7] == ("为什么", "姓名", "手机", "角色")
    assert line[1] == 3
    assert "手机：不是有效号码" in str(line[3])
    assert "角色：没有这个角色" in str(line[3])
    assert line[4:7] == ("新人", "123", "店小二")


def test_the_report_asks_the_same_questions_however_many_people(
    manager: Client, personnel: Personnel
) -> None:
    def asked(many: int, key: str) -> int:
        ImportRun.objects.all().delete()
        lines = [["周航", "13800010012", "", "接待员"]]
        lines += [[f"新人{key}{n}", "", "", "接待员"] for n in range(many)]
        run = personnel.read(*lines)
        text_of(manager, f"{LIST}{run.id}/?only=new")
        with CaptureQueriesContext(connection) as questions:
            text_of(manager, f"{LIST}{run.id}/?only=new")
        return len(questions)

    assert asked(1, "a") == asked(30, "b")


def test_people_come_by_sheet_during_the_set_up_too(client: Client, db: None) -> None:
    for page, told in [("", COMPANY), ("administrator/", GUBEI), ("site/", SITE)]:
        client.post(f"/setup/{page}", told)
    assert LIST in text_of(client, "/setup/people/")
    there = upload(client, excel(["郑岚", None, None, "销售经理"])).headers["Location"]
    report = str(mapped(client, there).headers["Location"])
    run = ImportRun.objects.get()
    actions.read_some(run_id=run.id, at=timezone.now())
    client.post(report + "begin/", {"key": "go", "take": "all"})
    actions.apply_some(run_id=run.id, at=timezone.now())
    assert f"/staff/slips/{run.id}/" in text_of(client, report)
    slips = client.get(f"/staff/slips/{run.id}/")
    assert "/setup/people/" in slips.content.decode()
    assert [p.name for p, _ in slips.context["people"]] == ["郑岚"]


def test_an_upload_of_before_is_found_at_its_old_address_and_under_its_name(
    manager: Client, personnel: Personnel
) -> None:
    run = personnel.read(GOOD)
    assert isinstance(run.id, UUID)
    assert manager.get(f"{LIST}{run.id}/").status_code == 200
    assert "用表格导入" in text_of(manager, "/staff/")
    assert LIST in text_of(manager, "/staff/")
