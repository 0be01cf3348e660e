"""The small forms that stand many to a page, each folded up: what is said of one group, one request, one person.

Nothing here saves. A form of which one is refused stands open again where it was (`views.folds`).
"""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django import forms
from django.http import QueryDict

from yingbin.journal.write import KeyReused
from yingbin.pages.asked import uids
from yingbin.pages.forms import KeyedForm, text, whole
from yingbin.pages.phones import normalised
from yingbin.rules.decision import Refused

from ..actions.on_the_floor import OnTheFloor
from . import PHONE_HELP

EVERYBODY_SEES = "请写明为什么{}，所有同事都会看到。"


class FoldForm(KeyedForm):
    """A form that stands on its page once for each thing it may be about; `of` says which.

    leads: the field that a refusal of the verb is about, where the refusal names none.
    missing: what is said where a field that is needed stays empty.
    """

    fold: ClassVar[str] = ""
    leads: ClassVar[str] = ""
    missing: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        of: object = "",
        initial: dict[str, object] | None = None,
    ) -> None:
        self.of, self.shown = str(of), False
        name = f"{self.fold}-{of}" if of else self.fold
        super().__init__(data, initial=initial, auto_id=f"{name}-%s")
        for field, words in self.missing.items():
            self.fields[field].error_messages["required"] = words
        for box in self.fields.values():
            box.error_messages["max_length"] = "最多 %(limit_value)d 个字。"

    def refuse(self, sentence: str, field: str = "") -> None:
        """Shows what an action refused, at the field it is about, or where this form leads."""
        super().refuse(sentence, field if field in self.fields else self.leads)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote into it, by the names of the fields: to be read where the form is gone."""
        written = forms.CharField | forms.IntegerField
        lines = [f for f in self.visible_fields() if isinstance(f.field, written)]
        return [(str(f.label), str(f.value())) for f in lines if f.value()]


def _person(said: str) -> forms.UUIDField:
    return forms.UUIDField(error_messages={"invalid": said})


class _Ticked(forms.Field):
    """The people ticked in a list; what is no id is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: object) -> list[UUID]:
        """Never raises: nobody ticked is an answer too."""
        return uids(value if isinstance(value, list) else [])


class SignInForm(FoldForm):
    """The code on the gallery's screen."""

    fold = leads = "code"
    code = text("签到码", 12, required=False)


class PresentForm(FoldForm):
    """Before opening: who of those missing has come after all."""

    fold = "present"
    who = _Ticked(required=False)


class ReopenForm(FoldForm):
    """Opening a closed day again: why, and who of those who stood then is still there."""

    fold = "reopen"
    stood = _Ticked(required=False)
    there = _Ticked(required=False)
    reason = text("为什么重新开场？所有同事都会看到", 200)
    missing: ClassVar = {"reason": "请写一句为什么重新开场，例如：又有客户来访。所有同事都会看到。"}

    def gone(self) -> list[UUID]:
        """Who stood in the queue and isn't ticked; call after `is_valid`."""
        there = set(self.cleaned_data["there"])
        return [who for who in self.cleaned_data["stood"] if who not in there]


class WindUpForm(FoldForm):
    """One reason for ending everything before the day is closed."""

    fold = "wind"
    reason = text("客人都走了？一句原因，接待和等待全部代为结束", 200)
    missing: ClassVar = {"reason": "请写一句原因，例如：客人已走，同事忘了点。每一条都会记上。"}


class OverrideForm(FoldForm):
    """TQ-11: to whom, why, whether it counts, whether the former receiver gets back what it cost."""

    fold, leads = "override", "to"
    to = _person("请选调派给谁。")
    reason = text("为什么（所有同事可见）", 200)
    counts = forms.BooleanField(required=False, initial=True)
    gives_back = forms.BooleanField(required=False, initial=True)
    missing: ClassVar = {"to": "请选调派给谁。", "reason": EVERYBODY_SEES.format("调派")}


class NoShowForm(OverrideForm):
    """The same for a receiver who doesn't come: to the next who is free."""

    fold = "no-show"


class AdjustForm(FoldForm):
    """TQ-11: whose account, why, by how much."""

    fold, leads = "adjust", "who"
    who = _person("请选更正谁的账目。")
    count = whole(
        "有效次数 ±",
        low=-20,
        high=20,
        required=False,
        called="次数",
    )
    turns = whole(
        "轮次 ±（正补负欠）",
        low=-20,
        high=20,
        required=False,
        called="轮次",
    )
    reason = text("为什么（所有同事可见）", 200)
    missing: ClassVar = {"who": "请选更正谁的账目。", "reason": EVERYBODY_SEES.format("更正")}


class ClaimForm(FoldForm):
    """TQ-6: who the unrelated visitor is, and how one can tell."""

    fold = "claim"
    note = text("客户是谁、怎么看出来的？", 200)
    missing: ClassVar = {"note": "请写明客户是谁、怎么看出来与项目无关，经理要和客户当面核实。"}


class ClaimAnswerForm(FoldForm):
    """TQ-6: how the customer confirmed it, or why the claim is declined."""

    fold = "claim-answer"
    confirm = forms.CharField(max_length=3, required=False, widget=forms.HiddenInput)
    how = text("客户怎样当面证实？不确认就写原因", 200, required=False)


class BusinessLeaveForm(FoldForm):
    """TQ-7: where to, and what for."""

    fold = "leave"
    note = text("公事外出，去办什么？", 200)
    missing: ClassVar = {"note": "请写一句去哪里、办什么公事，经理好批准。"}


class LeaveAnswerForm(FoldForm):
    """TQ-7: granted, or declined with a reason."""

    fold = "leave-answer"
    grant = forms.CharField(max_length=3, required=False, widget=forms.HiddenInput)
    words = text("不批准的话，为什么？", 200, required=False)


class FinishForm(FoldForm):
    """The end of a reception; how many units the customer wants at once (TQ-10)."""

    fold = "finish"
    units = whole(
        "套数",
        low=0,
        high=999,
        required=False,
        called="套数",
    )
    without_entry = text("登记没签的原因", 200, required=False)


class ContactForm(FoldForm):
    """Name and phone, said after the decision."""

    fold, leads = "identify", "phone"
    # Another group of this customer that is on the floor already.
    present: OnTheFloor | None = None

    name = text("姓名", 40, required=False)
    phone = text("电话", 30)
    title = forms.ChoiceField(choices=[("", ""), ("mr", "先生"), ("ms", "女士")], required=False)
    again = forms.CharField(max_length=3, required=False, widget=forms.HiddenInput)
    missing: ClassVar = {"phone": "请填电话，姓名可以留空。"}

    def refused_by(self, no: Refused | KeyReused) -> str:
        """A customer of whom another group is here is asked about."""
        if isinstance(no, OnTheFloor):
            self.present = no
            return no.message
        return super().refused_by(no)

    def clean_phone(self) -> str:
        """A number that can be called."""
        return _callable(self.cleaned_data["phone"])


class GoingForm(FoldForm):
    """A waiting group leaves: a contact, or why there is none (SC-4.3.2)."""

    fold, leads = "going", "phone"
    name = text("姓名", 40, required=False)
    phone = text("电话", 30, required=False)
    no_contact = text("不愿留的话，写一句原因", 80, required=False)

    def clean_phone(self) -> str:
        """A number that can be called, or nothing."""
        return _callable(self.cleaned_data["phone"])


class LooksForm(FoldForm):
    """What a group is known by and where it sits."""

    fold = "looks"
    looks = text("怎么认出他们", 60, required=False)
    seat = text("坐在哪里", 20, required=False)


class QuestionForm(FoldForm):
    """SC-4.3.1: a question that can't be answered at once, and who may know."""

    fold = "question"
    question = forms.CharField(
        label="客户问了什么？",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.UUIDField(required=False, error_messages={"invalid": "请从名单里选一位同事。"})
    missing: ClassVar = {"question": "请写下客户问的问题。"}


def _callable(phone: str) -> str:
    plain = phone.strip()
    if plain and normalised(plain) is None:
        raise forms.ValidationError(PHONE_HELP)
    return plain


FOLDS: Mapping[str, type[FoldForm]] = {
    form.fold: form
    for form in (
        SignInForm,
        PresentForm,
        ReopenForm,
        WindUpForm,
        OverrideForm,
        NoShowForm,
        AdjustForm,
        ClaimForm,
        ClaimAnswerForm,
        BusinessLeaveForm,
        LeaveAnswerForm,
        FinishForm,
        ContactForm,
        GoingForm,
        LooksForm,
        QuestionForm,
    )
}
