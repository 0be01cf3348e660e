"""What the pages of paid work take in: a quote's lines, the resident's ink or code, material used; nothing here saves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import KeyedForm, Typed, decimal, digits, text, whole
from yingbin.sheets.forms import SigningForm

from ..actions.work import MOST_MINUTES, Used
from ..codes import DIGITS
from ..models import StockItem
from ..prices import ONE, Ask, Priced
from ..templatetags.money import yuan

LINES, FREE, MATERIALS = 8, 2, 6
AT_ONCE = 3  # rows that stand open
Choices = list[tuple[str, str]]


def amount(label: str, *, required: bool = True, most: str = "99999.99") -> forms.DecimalField:
    """An amount in yuan with at most two decimals."""
    said = f"{label}请填 0 到 {Decimal(most):,} 之间的数，例如 80 或 99.50。"
    box = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"})
    return decimal(label, said, high=most, required=required, widget=box)


def many(label: str = "数量") -> forms.DecimalField:
    """How many, with at most two decimals."""
    said = "数量请填大于 0 的数，例如 1 或 2.5。"
    box = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"})
    return decimal(label, said, low="0.01", high="99999.99", required=False, widget=box)


def hundredths(value: object) -> int:
    """Yuan as fen, or a quantity in hundredths of its unit; 0 for nothing."""
    return int(value * 100) if isinstance(value, Decimal) else 0


@dataclass(frozen=True)
class FormRow:
    """The fields of one row of a form."""

    fields: tuple[BoundField, ...]


class _Rows(KeyedForm):
    """A form with rows of fields that are all alike."""

    def _rows(self, count: int, *names: str) -> Iterator[FormRow]:
        for n in range(1, count + 1):
            yield FormRow(tuple(self[f"{name}_{n}"] for name in names))


class QuoteForm(_Rows):
    """A quote: items of the list with quantities, and lines that stand in no list, each with why."""

    def __init__(self, data: Typed | None = None, *, items: Iterable[Priced]) -> None:
        super().__init__(data)
        offers: Choices = [(one.code, _said(one)) for one in items]
        for n in range(1, LINES + 1):
            self.fields[f"item_{n}"] = forms.ChoiceField(
                label=f"第 {n} 项", required=False, choices=[("", "请选"), *offers],
                error_messages={"invalid_choice": "价目已经换了，请重新选一项。"},
            )  # fmt: skip
            self.fields[f"many_{n}"] = many()
        for n in range(1, FREE + 1):
            self.fields[f"name_{n}"] = text("另议项目", 40, required=False)
            self.fields[f"price_{n}"] = amount("价格（元）", required=False)
            self.fields[f"reason_{n}"] = text("为什么另外定价", 100, required=False)

    @property
    def lines(self) -> list[FormRow]:
        """The rows that stand open."""
        return list(self._rows(LINES, "item", "many"))[:AT_ONCE]

    @property
    def more(self) -> list[FormRow]:
        """The rows that are opened when these don't do."""
        return list(self._rows(LINES, "item", "many"))[AT_ONCE:]

    @property
    def free(self) -> list[FormRow]:
        """Lines that stand in no list."""
        return list(self._rows(FREE, "name", "price", "reason"))

    def asks(self) -> tuple[Ask, ...]:
        """What was put in; a quantity left out is one."""
        told, found = self.cleaned_data, []
        for n in range(1, LINES + 1):
            if told[f"item_{n}"]:
                found.append(Ask(told[f"item_{n}"], hundredths(told[f"many_{n}"]) or ONE))
        for n in range(1, FREE + 1):
            name, price, why = told[f"name_{n}"], told[f"price_{n}"], told[f"reason_{n}"]
            if name or price is not None or why:
                found.append(Ask(name=name, price=hundredths(price), reason=why))
        return tuple(found)


def _said(one: Priced) -> str:
    return f"{one.code} {one.name} {yuan(one.price)} 元/{one.unit}"


class InkForm(SigningForm):
    """A resident's signature: on the glass alone, since they have no password here."""

    signer = "住户"

    def __init__(self, *args: object, **told: object) -> None:
        super().__init__(*args, **told)  # type: ignore[arg-type]
        del self.fields["password"]


class AgreeForm(InkForm):
    """The resident accepts the quote that this page shows."""

    prefix_of_ids = "agree"
    quote = forms.UUIDField(widget=forms.HiddenInput)


class CodeForm(KeyedForm):
    """The resident says the six digits."""

    prefix_of_ids = "code"
    quote = forms.UUIDField(widget=forms.HiddenInput)
    code = digits("住户说的验证码", low=DIGITS, high=DIGITS, code=True)


class PlainQuoteForm(KeyedForm):
    """Which quote; a refusal, or a new code for it."""

    quote = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))


class FinishForm(InkForm, _Rows):
    """The work is finished: how long it took, what it used, photos of before and after, the resident's ink."""

    minutes = whole("用了多少分钟", 0, MOST_MINUTES, required=False)
    before = PhotosField(owner=MATTER.id, label="施工前照片")
    after = PhotosField(owner=MATTER.id, label="施工后照片")

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        stock: Iterable[StockItem],
        signed: bool,
    ) -> None:
        super().__init__(data, files)
        self.signed = signed
        offers: Choices = [(str(one.id), f"{one.name}（{one.unit}）") for one in stock]
        for n in range(1, MATERIALS + 1):
            self.fields[f"item_{n}"] = forms.ChoiceField(
                label=f"材料 {n}",
                required=False,
                choices=[("", "没有用" if n == 1 else "请选"), *offers],
            )
            self.fields[f"many_{n}"] = many()
        self.fields["words"] = text("账上不够时，写一句为什么", 200, required=False)

    def clean(self) -> dict[str, object]:
        """A help request is finished without ink too."""
        told = super().clean()
        if not self.signed and "drawn" in self.errors and not self.data.get("drawn"):
            del self.errors["drawn"]
            told["drawn"] = ()
        return told

    @property
    def materials(self) -> list[FormRow]:
        """Rows of material."""
        return list(self._rows(MATERIALS, "item", "many"))

    def used(self) -> tuple[Used, ...]:
        """What was used; a quantity left out is one."""
        told = self.cleaned_data
        return tuple(
            Used(UUID(told[f"item_{n}"]), hundredths(told[f"many_{n}"]) or ONE, told["words"])
            for n in range(1, MATERIALS + 1)
            if told[f"item_{n}"]
        )
