"""What the pages of a show flat's visitors take in; nothing here saves."""

from collections.abc import Iterable

from django import forms

from yingbin.files.forms import PhotosField
from yingbin.pages.forms import KeyedForm, choose, phone, text, whole
from yingbin.pages.phones import normalised

from ..actions.facts import Facts
from ..actions.passing import TO_GALLERY
from ..actions.visits import GuestTold
from ..queries.facts import FLAT
from ..queries.picture import SeenPerson
from ..queries.visits import FlatPost
from ..visit_live import GuestsHere
from .fields import one_of

BEEN = [("yes", "到过售楼处"), ("no", "没到过"), ("", "没问")]
SIZES = [(str(n), str(n)) for n in range(1, 7)]
HOW_MANY = "点一下来了几位，再点到没到过售楼处。"
PHONE = "电话不是有效号码，请核对；座机请带区号。"
CONSENT = [("agreed", "同意"), ("refused", "不同意")]
CHOOSE = "请先看说明，再选「同意」或「不同意」，都可以继续。"


def _been(label: str = "到过售楼处吗") -> forms.TypedChoiceField:
    """Yes, no, or nobody asked."""
    return forms.TypedChoiceField(
        label=label,
        choices=BEEN,
        required=False,
        coerce=lambda told: told == "yes",
        empty_value=None,
    )


def _many(label: str = "几位", *, required: bool = True, low: int = 1) -> forms.IntegerField:
    return whole(
        label,
        low=low,
        high=99,
        required=required,
        error_messages={
            "invalid": "人数填整数。",
            "min_value": f"这里填 {low} 以上的数。",
            "max_value": "人数最多 99，请核对。",
        },
    )


class GuestsInForm(KeyedForm):
    """客人来了: how many, been to the sales office or not: two taps."""

    prefix_of_ids = "in"
    post = one_of("哪个样板间")
    size = forms.ChoiceField(label="几位", choices=SIZES, required=False)
    many = _many("更多", required=False, low=7)
    been = _been()

    def offer(self, flats: Iterable[FlatPost]) -> "GuestsInForm":
        """The show flats of this place."""
        choose(self.fields["post"], [(str(flat.id), flat.name) for flat in flats])
        return self

    def clean(self) -> dict[str, object]:
        """How many was tapped or typed."""
        data = super().clean() or {}
        if not self.errors and not data.get("size") and not data.get("many"):
            self.add_error("size", HOW_MANY)
        return data

    @property
    def people(self) -> int:
        """How many came; call after `is_valid`."""
        return int(self.cleaned_data["many"] or self.cleaned_data["size"])


def coming_in(here: GuestsHere, me: SeenPerson | None) -> GuestsInForm | None:
    """客人来了 for whoever stands in a show flat; None at a place without one."""
    if not here.flats:
        return None
    at = me.at_id if me else ""
    first = next((flat.id for flat in here.flats if str(flat.id) == at), here.flats[0].id)
    return GuestsInForm(initial={"post": str(first)}).offer(here.flats)


class ConfirmForm(KeyedForm):
    """A group that registered by the code, as the receptionist finds it."""

    prefix_of_ids = "sure"
    size = _many()
    been = _been()


class GuestsForm(KeyedForm):
    """What is learned of a group; with their yes, name and phone."""

    prefix_of_ids = "told"
    size = _many()
    been = _been()
    name = text("姓名", 40, required=False)
    phone = phone(label="电话")
    agreed = forms.BooleanField(label="客人看过说明，同意留下姓名和电话", required=False)
    wording = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    note = text("备注", 200, required=False)

    def clean_phone(self) -> str:
        """A number that can be called, or none."""
        return _callable(self.cleaned_data["phone"])

    @property
    def yes(self) -> str:
        """The wording they agreed to; "" without a yes. Call after `is_valid`."""
        return str(self.cleaned_data["wording"]) if self.cleaned_data["agreed"] else ""


def _callable(typed: str) -> str:
    number = str(typed).strip()
    if number and normalised(number) is None:
        raise forms.ValidationError(PHONE)
    return number


class QuestionForm(KeyedForm):
    """What they asked; the answer, or whom it is passed on to."""

    prefix_of_ids = "ask"
    question = text("问了什么", 80)
    answer = forms.CharField(
        label="怎么答复的",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.ChoiceField(label="不确定，转给谁去问", required=False)

    def offer(self, takers: Iterable[tuple[str, str]], gallery: str = "") -> "QuestionForm":
        """The sales centre this flat refers to; colleagues, departments and roles here."""
        there = [(TO_GALLERY, f"{gallery}（售楼处）")] if gallery else []
        choose(self.fields["to"], [("", "已经答复，不用转"), *there, *takers])
        return self


class SelfForm(KeyedForm):
    """A visitor on their own phone; neither answer is ticked beforehand."""

    name = text("您的姓名", 40, required=False)
    phone = phone(label="手机")
    size = _many("一共几位")
    been = forms.TypedChoiceField(
        label="到过售楼处吗",
        choices=[("yes", "到过"), ("no", "没到过")],
        coerce=lambda told: told == "yes",
        error_messages={"required": "请点一下到过还是没到过售楼处。"},
    )
    consent = forms.ChoiceField(
        label="同意保存姓名和电话吗",
        choices=CONSENT,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    wording = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """With a yes, a name and a number that can be called; with a no, neither is looked at."""
        data = super().clean() or {}
        if data.get("consent") != "agreed":
            return data
        if not str(data.get("name", "")).strip() and "name" not in self.errors:
            self.add_error("name", "请写下您的姓名，只写姓也可以。")
        number = str(data.get("phone", "")).strip()
        if number and normalised(number) is None:
            self.add_error("phone", PHONE)
        return data

    @property
    def told(self) -> GuestTold:
        """What may be kept of it; call after `is_valid`."""
        said = self.cleaned_data
        if said["consent"] != "agreed":
            return GuestTold(said["size"], said["been"])
        return GuestTold(said["size"], said["been"], said["wording"], said["name"], said["phone"])


class FactsForm(KeyedForm):
    """户型资料: the card of a flat. answers: a line each, the question, then the answer behind its question mark."""

    layout = text("户型", 60, help_text="例如 三房两厅两卫")
    area = text("建筑面积", 60, help_text="例如 约 118 平方米，以合同为准")
    structure = text("房屋结构", 200, required=False)
    advantages = forms.CharField(
        label="优势", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    answers = forms.CharField(
        label="可以答复的问题",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一条，问号前是问题，问号后是答复，例如：层高多少？2.95 米",
    )
    pictures = PhotosField(owner=FLAT, label="照片")
    before = whole(widget=forms.HiddenInput, low=0)

    def clean_answers(self) -> tuple[tuple[str, str], ...]:
        """Pairs of question and answer. Raises ValidationError naming the line that has no question mark."""
        found = []
        for n, line in enumerate(str(self.cleaned_data["answers"]).splitlines(), 1):
            if line.strip():
                question, mark, answer = line.replace("?", "？").partition("？")
                if not mark or not question.strip() or not answer.strip():
                    raise forms.ValidationError(
                        f"第 {n} 行要有问题、问号和答复，例如：层高多少？2.95 米"
                    )
                found.append((f"{question.strip()}？", answer.strip()))
        return tuple(found)

    @property
    def facts(self) -> Facts:
        """The card; call after `is_valid`."""
        said = self.cleaned_data
        return Facts(
            said["layout"], said["area"], said["structure"], said["advantages"], said["answers"]
        )


class ReferringForm(KeyedForm):
    """转介到哪个售楼处, and why it changes."""

    prefix_of_ids = "to"
    gallery = one_of("对接的售楼处", required=False)
    reason = text("为什么改", 100, help_text="会留痕，例如：同一项目的售楼处")

    def offer(self, galleries: Iterable[tuple[str, str]]) -> "ReferringForm":
        """The galleries of the company."""
        choose(self.fields["gallery"], [("", "不转介，只留联系方式"), *galleries])
        return self
