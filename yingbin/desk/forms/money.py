"""What the pages of money, prices and material take in; nothing here saves."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms

from yingbin.pages.forms import Cleaned, KeyedForm, Typed, date_box, decimal, text
from yingbin.sheets.forms import SigningForm

from ..actions.cash import Count
from ..models import Payment, Reduction, StockMove
from ..prices import Priced
from .paid import FormRow, _Rows, amount, hundredths, many

BLANK = 5
_NUMBER = "数量请填数字，例如 1 或 2.5；盘点时一件也没有，就填 0。"
BOX = "99999999.99"


class PayForm(KeyedForm):
    """Money is taken."""

    prefix_of_ids = "pay"
    yuan = amount("收多少（元）")
    way = forms.ChoiceField(label="怎么付的", choices=Payment.Way.choices, initial="wechat")


class VoidForm(KeyedForm):
    """A payment was a mistake."""

    why = text("为什么冲销", 200)


class ReductionForm(KeyedForm):
    """A waiver or refund is asked for."""

    prefix_of_ids = "less"
    what = forms.ChoiceField(label="减免还是退款", choices=Reduction.What.choices)
    yuan = amount("金额（元）")
    why = text("为什么", 200)


class RefundForm(KeyedForm):
    """What was approved is carried out."""

    way = forms.ChoiceField(label="用什么方式退", choices=Payment.Way.choices, required=False)


class CloseForm(SigningForm):
    """A day's box was counted. first: nobody closed one before, so what lay in it at first is asked too."""

    signer = "结账人"
    opening = amount("开箱时的备用金（元）", most=BOX)
    counted = amount("现在清点到（元）", most=BOX)
    kept = amount("留作明天的备用金（元）", most=BOX)
    why = text("差额原因，或为什么更正", 200, required=False, help_text="不要写住户姓名。")

    def __init__(self, data: Typed | None = None, *, first: bool) -> None:
        super().__init__(data)
        if not first:
            del self.fields["opening"]

    def count(self) -> Count:
        """What was counted, in fen."""
        told = self.cleaned_data
        opening = hundredths(told["opening"]) if "opening" in told else None
        return Count(hundredths(told["counted"]), hundredths(told["kept"]), opening, told["why"])


class ReceiveForm(SigningForm):
    """Somebody else takes the money over."""

    signer = "接收人"


class PriceListForm(_Rows):
    """A price list: the one before with room for more, or lines pasted out of a sheet."""

    valid_from = forms.DateField(label="从哪天起", widget=date_box())
    pasted = forms.CharField(
        label="从 Excel 粘贴", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=60000,
        help_text="五列：编号、名称、单位、人工（元）、材料（元）。粘了就用粘的，上面的表不算。",
    )  # fmt: skip

    def __init__(self, data: Typed | None = None, *, items: Sequence[Priced], today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        sent = sum(1 for name in data if name.startswith("code_")) if data else 0
        self.count = max(sent, len(items) + BLANK)
        for n in range(1, self.count + 1):
            self.fields[f"code_{n}"] = text("编号", 12, required=False)
            self.fields[f"name_{n}"] = text("名称", 40, required=False)
            self.fields[f"unit_{n}"] = text("单位", 10, required=False)
            self.fields[f"labour_{n}"] = amount("人工", required=False)
            self.fields[f"material_{n}"] = amount("材料", required=False)
        for n, one in enumerate(items, 1):
            told = {"code": one.code, "name": one.name, "unit": one.unit}
            figures = {"labour": Decimal(one.labour) / 100, "material": Decimal(one.material) / 100}
            self.initial.update({f"{k}_{n}": value for k, value in {**told, **figures}.items()})

    @property
    def rows(self) -> list[FormRow]:
        """One row for each item."""
        return list(self._rows(self.count, "code", "name", "unit", "labour", "material"))

    def clean(self) -> Cleaned:
        """What was pasted can be read."""
        told = super().clean() or {}
        try:
            told["read"] = tuple(_pasted(str(told.get("pasted") or "")))
        except ValueError as no:
            self.add_error("pasted", str(no))
        return told

    def items(self) -> tuple[Priced, ...]:
        """The list as it was filled in; a row without code, name and unit is none."""
        told = self.cleaned_data
        rows = (
            Priced(
                told[f"code_{n}"], told[f"name_{n}"], told[f"unit_{n}"], hundredths(told[f"labour_{n}"]),
                hundredths(told[f"material_{n}"]),
            )
            for n in range(1, self.count + 1)
        )  # fmt: skip
        read: tuple[Priced, ...] = told["read"]
        return read or tuple(one for one in rows if one.code or one.name or one.unit)


def _pasted(typed: str) -> Iterable[Priced]:
    """Lines of a sheet. Raises ValueError with the line that can't be read."""
    for n, line in enumerate(typed.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or cells[0] == "编号":
            continue
        try:
            code, name, unit, labour, *more = cells
            price, material = _fen(labour), _fen(more[0]) if more else 0
        except (ValueError, InvalidOperation):
            raise ValueError(
                f"第 {n} 行没有读懂：要有编号、名称、单位、人工、材料五列，价格填数字。"
            ) from None
        yield Priced(code[:12], name[:40], unit[:10], price, material)


def _fen(cell: str) -> int:
    """An amount in yuan as a sheet shows it."""
    value = Decimal(cell.replace(",", "").replace("，", "").replace("¥", "") or "0") * 100
    if not value.is_finite() or value != value.to_integral_value():
        raise ValueError(cell)
    return int(value)


class ItemForm(KeyedForm):
    """A material that is kept from now on."""

    prefix_of_ids = "item"
    name = text("材料", 40)
    unit = text("单位", 10)
    low = many("少于多少要补")


class MoveForm(KeyedForm):
    """Material comes in, is taken, or is counted."""

    what = forms.ChoiceField(label="做什么", choices=StockMove.What.choices)
    many = decimal(
        "数量", _NUMBER, high="99999.99", error_messages={"required": _NUMBER},
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"}),
    )  # fmt: skip
    words = text("说明", 200, required=False, help_text="领用写用在哪里；盘点有出入写差在哪里。")
