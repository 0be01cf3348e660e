"""What a person asks of an import: take the file, read it so, take its rows, throw it away, take it all back."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.tables.survey import LEFT_OUT, Choices, SheetSeen, Survey, lacking, twice

from ..declared import AnyImporter, importer_of
from ..models import ImportFile, ImportRow, ImportRun, MappingMemory, NamedPerson
from ..queries import choices_json, counts, survey_json, survey_of
from ..uploads import Setting


@action("import_upload")
def upload(
    pen: Pen,
    *,
    kind: str,
    file_name: str,
    data: bytes,
    survey: Survey,
    told: Mapping[str, Setting] | None = None,
) -> UUID:
    """Keeps a file and what was seen in it, until a person has said how its columns are to be read.

    told: what the file itself doesn't say.
    """
    importer = importer_of(kind)
    sha256 = hashlib.sha256(data).hexdigest()
    run = ImportRun.objects.create(
        site_id=pen.site_id,
        kind=kind,
        file_name=file_name[-120:],
        sha256=sha256,
        size=len(data),
        options=dict(told or {}),
        uploaded_at=pen.at,
        uploaded_by=UUID(pen.by),
        expected=survey.lines,
    )
    ImportFile.objects.create(belongs_to=run, data=data, survey=survey_json(survey))
    _say(pen, importer, "uploaded", run, sha256=sha256, size=len(data))
    return run.id


def _say(pen: Pen, importer: AnyImporter, what: str, run: ImportRun, **more: object) -> None:
    body = {"import": str(run.id), **more}
    pen.append(f"{importer.journal}.import_{what}", body, clause=importer.clause)


def held(pen: Pen, run_id: UUID) -> tuple[ImportRun, AnyImporter]:
    """The import under its own lock besides the site's, and its importer.

    Refused when it isn't this site's, or isn't the person's own where its kind asks for that.
    """
    rows = ImportRun.objects.select_for_update()
    run = rows.filter(site_id=pen.site_id, id=run_id).first()
    if run is None or (importer_of(run.kind).own and str(run.uploaded_by) != pen.by):
        raise Refused(None, "没有找到这次导入，请回到导入列表重新选。")
    return run, importer_of(run.kind)


@action("import_map")
def settle_columns(pen: Pen, *, run_id: UUID, choices: Choices) -> None:
    """Says how each sheet and column is to be read; the background then reads the file. Remembered for the next one."""
    run, importer = held(pen, run_id)
    if run.state != "asking":
        raise Refused(importer.clause, "这份文件已经在读，或者读过了。要换列，请重新上传。")
    survey = survey_of(run)
    _check(importer, survey, choices)
    run.options = {**run.options, "choices": choices_json(choices)}
    run.mapped_at, run.mapped_by = pen.at, UUID(pen.by)
    run.save(update_fields=["options", "mapped_at", "mapped_by"])
    _remember(pen, importer, survey, choices)
    _say(pen, importer, "mapped", run)


def _check(importer: AnyImporter, survey: Survey, choices: Choices) -> None:
    known = {f.name for f in importer.fields} | {importer.rest, LEFT_OUT}
    taken = [s for s in survey.sheets if s.number in choices.sheets and _takes(s, choices)]
    if not taken:
        raise Refused(importer.clause, "一张表都没有选。请至少勾选一张要读的表。")
    for sheet in taken:
        chosen = choices.sheets[sheet.number].columns
        if not set(chosen.values()) <= known:
            raise Refused(importer.clause, "有一列选的内容不在列表里，请刷新页面重新选。")
        _check_tables(importer, sheet, chosen)


def _takes(sheet: SheetSeen, choices: Choices) -> bool:
    return choices.sheets[sheet.number].taken


def _check_tables(importer: AnyImporter, sheet: SheetSeen, chosen: Mapping[int, str]) -> None:
    """Every table of a sheet has each single field once; at least one has what it can't be read without."""
    tables: dict[str, list[str]] = {}
    for column in sheet.columns:
        tables.setdefault(column.table, []).append(chosen.get(column.at, column.as_))
    for held_by in tables.values():
        if again := twice(held_by, importer.fields):
            words = f"「{sheet.name or '这张表'}」里有几列都选了「{again[0]}」，请只留一列。"
            raise Refused(importer.clause, words)
    lacks = [lacking(set(held_by), importer.fields) for held_by in tables.values()]
    if all(lacks):
        least = min(lacks, key=len, default=[])
        words = f"「{sheet.name or '这张表'}」还没有选「{'」「'.join(least)}」是哪一列。"
        raise Refused(importer.clause, f"{words}选好再读，或者不读这张表。")


def _remember(pen: Pen, importer: AnyImporter, survey: Survey, choices: Choices) -> None:
    """Headings that were taken otherwise than proposed are remembered; those taken as proposed are not."""
    other: dict[str, str] = {}
    same: set[str] = set()
    for sheet in survey.sheets:
        choice = choices.sheets.get(sheet.number)
        for c in sheet.columns if choice and choice.taken else ():
            as_ = choice.columns.get(c.at, c.as_) if choice else c.as_
            if c.heading and as_ != c.as_:
                other[c.heading] = as_
            else:
                same.add(c.heading)
    here = {"site_id": pen.site_id, "kind": importer.kind}
    MappingMemory.objects.filter(**here, heading__in=same - set(other)).delete()
    MappingMemory.objects.bulk_create(
        [
            MappingMemory(**here, heading=h, taken_as=a, since=pen.at, by=UUID(pen.by))
            for h, a in other.items()
        ],
        update_conflicts=True,
        unique_fields=["site", "kind", "heading"],
        update_fields=["taken_as", "since", "by"],
    )


@action("import_assign")
def assign(pen: Pen, *, run_id: UUID, people: Mapping[str, UUID | None]) -> None:
    """Says whom names that are no colleague's mean, by the rows' numbers; None: nobody."""
    run, importer = held(pen, run_id)
    if run.state != "read":
        raise Refused(importer.clause, "已经开始收了，或者已经处理过了，不能再改归谁。")
    here = set(importer.colleagues(pen.site_id, pen.at).values())
    rows = {str(row.pk): row for row in NamedPerson.objects.filter(of=run)}
    for number, staff_id in people.items():
        if number not in rows:
            raise Refused(importer.clause, "名单变了，请刷新页面再选。")
        if staff_id is not None and staff_id not in here:
            raise Refused(importer.clause, "选的人不在本项目在岗的名单里，请重新选。")
        rows[number].staff_id = staff_id
    NamedPerson.objects.bulk_update(rows.values(), ["staff_id"])
    _say(pen, importer, "assigned", run, names=sum(1 for i in people.values() if i))


@action("import_apply")
def apply_import(pen: Pen, *, run_id: UUID, whole: bool, receivers: bool) -> None:
    """Begins to take the rows in; the background does it. whole: any refused line, and nothing is taken.

    receivers: what nobody has yet becomes that of the colleague named, where that is one.
    """
    run, importer = held(pen, run_id)
    if run.state != "read":
        words = "这份文件还没有读完，或者已经处理过了。请看这一页上的状态。"
        raise Refused(importer.clause, words)
    told = counts(run)
    if whole and told.refused:
        words = f"有 {told.refused} 行不能收，所以一行都没有收。改好再上传，或者只收好的行。"
        raise Refused(importer.clause, words)
    if not told.good:
        raise Refused(importer.clause, "没有可以收的行：要么重复，要么不能收。")
    run.whole, run.receivers = whole, receivers
    run.applied_at, run.applied_by = pen.at, UUID(pen.by)
    run.save(update_fields=["whole", "receivers", "applied_at", "applied_by"])
    _say(pen, importer, "begun", run, rows=run.rows, whole=whole, receivers=receivers)


@action("import_drop")
def drop_import(pen: Pen, *, run_id: UUID) -> None:
    """Throws an upload away before anything was taken; its file and lines are forgotten."""
    run, importer = held(pen, run_id)
    if run.state not in ("asking", "reading", "read", "failed"):
        raise Refused(importer.clause, "已经开始收了，不能再扔掉。要收回来，请用「整批撤销」。")
    run.dropped_at = pen.at
    run.save(update_fields=["dropped_at"])
    forget(run)
    _say(pen, importer, "dropped", run)


def forget(run: ImportRun) -> None:
    """Deletes the file, its lines and the names in them."""
    ImportFile.objects.filter(belongs_to=run).delete()
    ImportRow.objects.filter(of=run).delete()
    NamedPerson.objects.filter(of=run).delete()


@action("import_undo")
def undo_import(pen: Pen, *, run_id: UUID, why: str) -> None:
    """Takes an import back as a whole, also one under way: from now on none of its rows count.

    The rows stay where they are, as signed rows do; what it made is withdrawn by the background.
    """
    run, importer = held(pen, run_id)
    if run.state not in ("applying", "applied"):
        raise Refused(importer.clause, "这次导入没有收进来，或者已经撤销了，没有可撤销的。")
    if not why.strip():
        raise Refused(importer.clause, "请写明为什么整批撤销，例如：导错了项目。会留痕。")
    run.undone_at, run.undone_by, run.undone_why = pen.at, UUID(pen.by), why.strip()[:200]
    run.save(update_fields=["undone_at", "undone_by", "undone_why"])
    _say(pen, importer, "undone", run, taken=run.done)
