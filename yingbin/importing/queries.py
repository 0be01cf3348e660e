"""Imports: those of a site, their lines and counts, what was chosen for a heading before, names to be assigned."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT
from pydantic import TypeAdapter

from yingbin.tables.survey import Choices, Survey

from .models import ImportFile, ImportRow, ImportRun, MappingMemory, NamedPerson

_SURVEY: TypeAdapter[Survey] = TypeAdapter(Survey)
_CHOICES: TypeAdapter[Choices] = TypeAdapter(Choices)


def runs(site_id: UUID, kind: str, by: UUID | None = None) -> QuerySet[ImportRun]:
    """Every import of this kind at the site, newest first; `by`: those this person uploaded."""
    rows = ImportRun.objects.filter(site_id=site_id, kind=kind).order_by("-uploaded_at", "-id")
    return rows if by is None else rows.filter(uploaded_by=by)


def run_of(site_id: UUID, kind: str, run_id: UUID, by: UUID | None = None) -> ImportRun | None:
    """One import of this kind at this site; None also for another site's, or, with `by`, another person's."""
    return runs(site_id, kind, by).filter(id=run_id).first()


def at_work() -> list[ImportRun]:
    """Imports with something left to do, in the order of their upload: read, apply or withdraw."""
    reading = Q(
        read_at=None, failed_why="", dropped_at=None, undone_at=None, mapped_at__isnull=False
    )
    applying = Q(applied_at__isnull=False, finished_at=None, undone_at=None)
    undoing = Q(undone_at__isnull=False, withdrawn_at=None)
    return list(ImportRun.objects.filter(reading | applying | undoing).order_by("uploaded_at"))


@dataclass(frozen=True)
class Counts:
    """How many lines of each verdict; with something to mention; whose things stay after an undo."""

    new: int
    known: int
    again: int
    refused: int
    skipped: int
    warned: int
    kept: int

    @property
    def good(self) -> int:
        """How many can be taken."""
        return self.new + self.known

    def of(self, tab: str) -> int:
        """How many lines a tab of the report shows."""
        return int(getattr(self, tab, 0))


def counts(run: ImportRun) -> Counts:
    """The figures of the report: one query."""
    told = ImportRow.objects.filter(of=run).aggregate(
        **{v: Count("id", filter=Q(verdict=v)) for v in ImportRow.Verdict.values},
        warned=Count("id", filter=~Q(warnings=[])),
        kept=Count("id", filter=~Q(kept_why="")),
    )
    return Counts(**told)


def many_sheets(run: ImportRun) -> bool:
    """Whether the file's lines stand on more than one worksheet."""
    return ImportRow.objects.filter(of=run).values("sheet").distinct().count() > 1


def chunk_after(run: ImportRun, n: int, many: int, upto: int | None = None) -> list[ImportRow]:
    """The lines after the n-th that are taken in, or taken back, in one write: the next ones of one site."""
    rows = ImportRow.objects.filter(of=run, n__gt=n).order_by("n")
    found = list((rows if upto is None else rows.filter(n__lte=upto))[:many])
    return list(takewhile(lambda row: row.place_id == found[0].place_id, found))


def lines(run: ImportRun, only: str = "") -> QuerySet[ImportRow]:
    """The lines of a file: those of a verdict, those with something to mention, those kept, or all."""
    rows = ImportRow.objects.filter(of=run).order_by("n")
    if only == "warned":
        return rows.exclude(warnings=[])
    if only == "kept":
        return rows.exclude(kept_why="")
    return rows.filter(verdict=only) if only in ImportRow.Verdict.values else rows


def survey_of(run: ImportRun) -> Survey:
    """What was seen in the file when it came. A file that is gone had nothing in it."""
    kept = ImportFile.objects.filter(belongs_to=run).values_list("survey", flat=True).first()
    return _SURVEY.validate_python(kept) if kept else Survey((), 0)


def survey_json(survey: Survey) -> dict[str, object]:
    """A survey for keeping."""
    made: dict[str, object] = _SURVEY.dump_python(survey, mode="json")
    return made


def choices_of(run: ImportRun) -> Choices:
    """What a person chose for the file."""
    kept = run.options.get("choices")
    return _CHOICES.validate_python(kept) if kept else Choices()


def choices_json(choices: Choices) -> dict[str, object]:
    """Choices for keeping."""
    made: dict[str, object] = _CHOICES.dump_python(choices, mode="json")
    return made


def memory(site_id: UUID, kind: str) -> Mapping[str, str]:
    """What each heading was taken for last time."""
    rows = MappingMemory.objects.filter(site_id=site_id, kind=kind)
    return dict(rows.values_list("heading", "taken_as"))


def named(run: ImportRun) -> list[NamedPerson]:
    """The names that are no colleague's, the most frequent first."""
    return list(NamedPerson.objects.filter(of=run).order_by("-lines", "name"))


def assigned(run: ImportRun) -> Mapping[str, UUID]:
    """Whom names that are no colleague's were said to mean."""
    rows = NamedPerson.objects.filter(of=run, staff_id__isnull=False)
    return {name: staff for name, staff in rows.values_list("name", "staff_id") if staff}


def names_in_lines(run: ImportRun, key: str) -> Mapping[str, int]:
    """How often each colleague's name stands in the lines that can be taken: one query."""
    rows = ImportRow.objects.filter(of=run, verdict__in=["new", "known"])
    told = rows.annotate(person=KT(f"told__{key}")).exclude(person="").values("person")
    return {
        p: many for p, many in told.annotate(many=Count("id")).values_list("person", "many") if p
    }
