"""Whoever began an import, or took one back, hears when it is done; they needn't wait at its page."""

from uuid import UUID

from django.urls import reverse

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell

from ..declared import importer_of
from ..models import ImportRun
from ..queries import counts

KIND = "import"


def tell_taken_in(pen: Pen, run: ImportRun) -> None:
    """All lines are taken in (inside the last write): how many, and how many were not."""
    told = counts(run)
    left = {"重复": told.again, "没有收": told.refused}
    said = [f"收进 {told.good} 行", *(f"{word} {n} 行" for word, n in left.items() if n)]
    _tell(pen, run, run.applied_by, "导入完成", "，".join(said) + "。")


def tell_taken_back(pen: Pen, run: ImportRun) -> None:
    """All of it is taken back (inside the last write), or what of it stays."""
    kept = counts(run).kept
    stays = f"{kept} 行后来有了别的事，保留着。" if kept else ""
    _tell(pen, run, run.undone_by, "导入已整批撤销", stays or "收进来的都撤销了。")


@action("import_unread")
def tell_unread(pen: Pen, *, run_id: UUID) -> None:
    """A file that couldn't be read: whoever sent it hears why."""
    run = ImportRun.objects.get(site_id=pen.site_id, id=run_id)
    _tell(pen, run, run.mapped_by, "导入没有读成", run.failed_why)


def _tell(pen: Pen, run: ImportRun, who: UUID | None, what: str, body: str) -> None:
    importer = importer_of(run.kind)
    link = reverse(f"{importer.namespace}:import", args=[run.id])
    title = f"{what}：{importer.words.home}"
    tell(
        pen, to=[who or run.uploaded_by], kind=KIND, title=title, body=body, link=link,
        clause=importer.clause, dedupe=f"import:{run.id}:{run.state}",
    )  # fmt: skip
