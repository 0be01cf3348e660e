"""What the customers' pages send in, parsed and checked; nothing here saves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from yingbin.pages.forms import KeyedForm, choose, phone, text

from .models import Consent, Title
from .numbers import fault
from .queries import Mention

WHYS = ["回访客户", "预约到访", "核对身份", "其他需要"]
MOST_ERASED = 50


def _right_number(typed: str) -> None:
    if wrong := fault(typed):
        raise forms.ValidationError(wrong)


def _name(*, required: bool = True, label: str = "姓名") -> forms.CharField:
    box = forms.TextInput(attrs={"autocomplete": "off"})
    return text(label, required=required, widget=box)


def _note() -> forms.CharField:
    return text("备注", 500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def _ground(example: str, length: int = 200) -> forms.CharField:
    box = forms.TextInput(attrs={"placeholder": f"例如：{example}", "autocomplete": "off"})
    return text("依据", length, widget=box)


class RegisterForm(KeyedForm):
    """A new customer: at least a name or a phone."""

    name = _name(required=False)
    phone = phone(label="电话", validators=[_right_number])
    title = forms.ChoiceField(label="称呼", choices=Title.choices, required=False)
    note = _note()

    def clean(self) -> dict[str, object]:
        """Refuses a card with nothing on it."""
        told = super().clean() or {}
        blank = not told.get("name") and not told.get("phone")
        if blank and not self.errors:
            raise forms.ValidationError("请至少填写姓名或电话。")
        return told


class EditForm(KeyedForm):
    """How the customer is called, addressed, and what to remember."""

    name = _name(required=False)
    title = forms.ChoiceField(label="称呼", choices=Title.choices, required=False)
    note = _note()


class NameForm(KeyedForm):
    """Another name."""

    name = _name(label="别名")


class PhoneForm(KeyedForm):
    """Another phone."""

    phone = phone(label="电话", required=True, validators=[_right_number])


class RevealForm(KeyedForm):
    """Why someone looks at a full number."""

    why = forms.ChoiceField(label="查看用途", choices=[(why, why) for why in WHYS])


class ReceiverForm(KeyedForm):
    """Whose customer it is from now on; no one chosen: nobody's."""

    staff = forms.TypedChoiceField(
        label="归属到", required=False, coerce=UUID, empty_value=None, choices=()
    )
    reason = text(
        "原因", 200, widget=forms.TextInput(attrs={"placeholder": "例如：原顾问离职交接"})
    )

    def __init__(
        self,
        colleagues: Iterable[tuple[UUID, str]],
        data: QueryDict | None = None,
        *,
        auto_id: str = "receiver_%s",
    ) -> None:
        super().__init__(data, auto_id=auto_id)
        pick = self.fields["staff"]
        assert isinstance(pick, forms.ChoiceField)
        pick.choices = [("", "暂不归属任何人"), *((str(who), name) for who, name in colleagues)]


class ConsentForm(KeyedForm):
    """How the customer agreed, or that they withdrew."""

    how = forms.ChoiceField(label="怎样表示的", choices=Consent.How.choices, initial="spoken")
    given = forms.ChoiceField(label="同意或撤回", choices=[("yes", "同意"), ("no", "撤回")])


class MergeForm(KeyedForm):
    """Which of two cards is shown from now on, and how the two were found to be one person."""

    into = forms.TypedChoiceField(
        label="合并后显示哪一张（归属以它为准）", coerce=UUID, widget=forms.RadioSelect, choices=()
    )
    why = text(
        "怎么确认是同一位", 200, widget=forms.TextInput(attrs={"placeholder": "例如：本人确认"})
    )

    def __init__(self, cards: Iterable[tuple[UUID, str]], data: QueryDict | None = None) -> None:
        pair = [(str(one), words) for one, words in cards]
        super().__init__(data, initial={"into": pair[0][0]} if pair else None)
        pick = self.fields["into"]
        assert isinstance(pick, forms.ChoiceField)
        pick.choices = pair


class HandOutForm(KeyedForm):
    """Why a person's data is handed to them."""

    reason = _ground("本人到访，已核对身份")


class EraseForm(KeyedForm):
    """Why a person's data is erased, the card's number typed by hand, and what goes although nothing links it."""

    reason = _ground("本人 11 月 20 日来信")
    sure = text(
        "客户编号",
        12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    also = forms.MultipleChoiceField(label="一起涂掉", required=False)

    def offer(self, found: Sequence[Mention]) -> "EraseForm":
        """Sentences that name the customer; one with a whole number is ticked until somebody unticks it."""
        choose(self.fields["also"], [(one.key, one.text) for one in found])
        self.fields["also"].initial = [one.key for one in found if one.sure]
        return self


class WordingForm(KeyedForm):
    """What customers are told before their number is kept."""

    text = text("留电话前告诉客户的话", 600, widget=forms.Textarea(attrs={"rows": 4}))


@dataclass(frozen=True)
class Tick:
    """A customer ticked to be erased: the number on the card, which confirms it, and the id."""

    number: str
    id: UUID


class RetentionForm(KeyedForm):
    """Those ticked to be erased, and the rule that says so."""

    reason = _ground("公司规定保存两年", 150)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.ticked = set(data.getlist("customer")) if data is not None else set()
        self.ids = {word.partition(":")[2] for word in self.ticked}

    def clean(self) -> dict[str, object]:
        """Reads the ticks; none, or more than are erased at once, is said."""
        told = super().clean() or {}
        if not self.ticked:
            raise forms.ValidationError("请先勾选要删除的客户。")
        if len(self.ticked) > MOST_ERASED:
            raise forms.ValidationError(f"每次最多删除 {MOST_ERASED} 位，请少勾几位。")
        try:
            pairs = [word.partition(":") for word in sorted(self.ticked)]
            told["customers"] = [Tick(number, UUID(one)) for number, _, one in pairs]
        except ValueError:
            raise forms.ValidationError("页面已过时，请重新预览再勾选。") from None
        return told
