"""What a person says of a file: the file itself, and for each sheet and column how it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from yingbin.pages.forms import KeyedForm
from yingbin.tables.grid import letter
from yingbin.tables.survey import (
    KEPT,
    LEFT_OUT,
    Choices,
    ColumnSeen,
    Field,
    SheetChoice,
    SheetSeen,
    Survey,
)


@dataclass(frozen=True)
class Option:
    """One thing a column can be taken for."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ColumnAsked:
    """One column as the page asks about it."""

    name: str
    seen: ColumnSeen
    options: list[Option]
    letter: str


@dataclass(frozen=True)
class SheetAsked:
    """One sheet as the page asks about it; `number` as it is said in addresses."""

    seen: SheetSeen
    taken: bool
    columns: list[ColumnAsked]


class ColumnsForm(KeyedForm):
    """Which sheets are read, and what each of their columns is taken for."""

    order = forms.ChoiceField(
        label="日期里哪个数是月",
        required=False,
        choices=[("mdy", "月在前"), ("dmy", "日在前")],
    )

    def __init__(
        self, data: QueryDict | None, *, survey: Survey, fields: Sequence[Field], rest: str = KEPT
    ) -> None:
        super().__init__(data)
        self.survey = survey
        noted = [(KEPT, "写进备注")] if rest == KEPT else []
        self.ways = [*((f.name, f.label) for f in fields), *noted, (LEFT_OUT, "不收这一列")]

    @property
    def choices(self) -> Choices:
        """What was chosen, for a form that was sent and is valid."""
        sheets = {
            s.number: SheetChoice(self._takes(s), s.line, {c.at: self._as(s, c) for c in s.columns})
            for s in self.survey.sheets
        }
        return Choices(sheets, self.cleaned_data.get("order") or "")

    @property
    def sheets(self) -> list[SheetAsked]:
        """Every sheet for the page, as proposed or as it was sent."""
        return [SheetAsked(s, self._takes(s), self._columns(s)) for s in self.survey.sheets]

    def _takes(self, sheet: SheetSeen) -> bool:
        if not self.is_bound:
            return sheet.taken
        return bool(sheet.columns) and f"sheet-{sheet.number}" in self.data

    def _as(self, sheet: SheetSeen, column: ColumnSeen) -> str:
        sent = self.data.get(f"as-{sheet.number}-{column.at}") if self.is_bound else None
        return column.as_ if sent is None else str(sent)

    def _columns(self, sheet: SheetSeen) -> list[ColumnAsked]:
        made = []
        for column in sheet.columns:
            chosen = self._as(sheet, column)
            options = [Option(value, label, value == chosen) for value, label in self.ways]
            name = f"as-{sheet.number}-{column.at}"
            made.append(ColumnAsked(name, column, options, letter(column.at)))
        return made


def people_of(data: QueryDict, names: Mapping[str, object]) -> dict[str, UUID | None]:
    """Whom names were said to mean, from the fields `who-<number>`; what is no id means nobody."""
    found: dict[str, UUID | None] = {}
    for number in names:
        sent = data.get(f"who-{number}")
        if sent is not None:
            try:
                found[number] = UUID(sent) if sent else None
            except ValueError:
                found[number] = None
    return found
