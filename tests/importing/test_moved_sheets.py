"""Sheets of people that waited in the table of before wait as imports now, at their old address."""

import importlib
import json

from tests.importing.personnel import Personnel, rows, verdicts
from yingbin.importing.models import ImportFile, ImportRun
from yingbin.importing.queries import choices_of

MOVE = importlib.import_module("yingbin.importing.migrations.0004_sheets_of_people")
KEPT = [
    {"line": 3, "name": "单小梅", "phone": "13812345678", "role": "接待员、置业顾问", "site": ""},
    {"line": 6, "name": '逗号,引号"', "phone": "", "role": "前台", "department": "销售部"},
    {"line": 7, "name": "", "phone": "", "role": "前台"},
]


def waiting(personnel: Personnel) -> ImportRun:
    """What the migration makes of such a sheet."""
    by = personnel.acting().by
    data = MOVE.as_file(KEPT)
    columns = {str(n): name for n, name in enumerate(MOVE.FIELDS)}
    choices = {"sheets": {"0": {"taken": True, "line": 1, "columns": columns}}, "order": ""}
    run = ImportRun.objects.create(
        site_id=personnel.site,
        kind="staff",
        file_name="名单.xlsx",
        size=len(data),
        options=json.loads(json.dumps({"choices": choices})),
        uploaded_at=personnel.now,
        uploaded_by=by,
        mapped_at=personnel.now,
        mapped_by=by,
    )
    ImportFile.objects.create(belongs_to=run, data=data)
    return run


def test_its_lines_are_read_as_they_were_understood_under_their_own_numbers(
    personnel: Personnel,
) -> None:
    run = waiting(personnel)
    assert run.state == "reading"
    assert choices_of(run).sheets[0].columns[1] == "phone"
    personnel.work(run)
    assert [row.line for row in rows(run)] == [3, 6, 7]
    assert verdicts(run) == ["new", "new", "refused"]
    assert rows(run)[1].told["name"] == '逗号,引号"'


def test_it_is_taken_in_and_taken_back_like_any_other(personnel: Personnel) -> None:
    run = personnel.take(personnel.work(waiting(personnel)))
    assert run.state == "applied"
    assert personnel.undo(run).state == "undone"
