"""Sheets of people that wait for their confirmation become imports, to be read again as they were understood."""

import csv
import io

from django.db import migrations

FIELDS = ("name", "phone", "role", "account", "site", "department", "email")
HEADINGS = ("姓名", "手机", "角色", "账号", "项目", "部门", "邮箱")


def as_file(rows):
    """The rows as a text table in which each stands on its own line again."""
    at = {int(row["line"]): [row.get(f) or "" for f in FIELDS] for row in rows}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in range(2, max(at) + 1):
        writer.writerow(at.get(line, [""] * len(FIELDS)))
    return out.getvalue().encode("utf-8-sig")


def move(apps, schema_editor):
    """Those confirmed stand in the journal; those nobody confirmed go on where they were, at the same address."""
    sheets = apps.get_model("people", "StaffSheet").objects.filter(applied_at=None)
    run = apps.get_model("importing", "ImportRun")
    file = apps.get_model("importing", "ImportFile")
    columns = {str(n): name for n, name in enumerate(FIELDS)}
    choices = {"sheets": {"0": {"taken": True, "line": 1, "columns": columns}}, "order": ""}
    for sheet in sheets.exclude(rows=[]):
        data = as_file(sheet.rows)
        one = run.objects.create(
            id=sheet.id,
            site_id=sheet.site_id,
            kind="staff",
            file_name=sheet.file_name,
            sha256="",
            size=len(data),
            options={"choices": choices},
            uploaded_at=sheet.uploaded_at,
            uploaded_by=sheet.uploaded_by_id,
            expected=len(sheet.rows),
            mapped_at=sheet.uploaded_at,
            mapped_by=sheet.uploaded_by_id,
        )
        file.objects.create(belongs_to=one, data=data)


class Migration(migrations.Migration):
    """Moves what waits; the table goes with its app's next migration."""

    dependencies = [("importing", "0003_places"), ("people", "0007_site_policies")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
