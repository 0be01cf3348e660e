"""What the gallery's pages send in, parsed and checked; nothing here saves."""

import re
import unicodedata
from typing import Any
from uuid import UUID

from django import forms

from yingbin.journal.write import KeyReused
from yingbin.pages.asked import uids
from yingbin.pages.forms import KeyedForm, whole
from yingbin.pages.phones import normalised
from yingbin.rules.decision import Refused
from yingbin.rules.greeting import LOOK, Answers, open_questions

from ..actions.arrivals import Arrival, OnTheFloor

KINDS = [("customer", "看房客户"), ("peer", "同行市调（已说明）"), ("enquirer", "找人、问路")]
CONTACT = [("no", "没联系过/不记得"), ("named", "联系过一位同事")]
PHONE_HELP = "电话不是有效号码。大陆手机 11 位；国外号码请以 + 和国家代码开头；没有就留空。"


_MOBILE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
_NUMBER = re.compile(r"\+?\d[\d\s\-()]{2,}\d")


def split(text: str) -> tuple[str, str]:
    """Name and phone out of the one box: `张伟 138 1234 5678` in either order; each may be missing."""
    plain = unicodedata.normalize("NFKC", text)
    # A mainland mobile first, so that a digit in the name before it isn't taken for its beginning.
    found = _MOBILE.search(plain) or _NUMBER.search(plain)
    if found is None:
        return " ".join(plain.split()), ""
    rest = plain[: found.start()] + " " + plain[found.end() :]
    return " ".join(rest.split(None)).strip(",，、;； "), re.sub(r"[\s\-()]", "", found.group())


class _Shared(dict[str, forms.Field]):
    """Fields that nobody changes, so every form of a kind uses the same ones: copying them costs more
    than checking what was typed."""

    def __deepcopy__(self, memo: dict[int, object]) -> "_Shared":
        return self


_WRITTEN = {
    "q": "姓名、电话",
    "looks": "认人",
    "seat": "座位",
    "note": "备注",
    "looked_for": "找谁",
}
NOT_FOUND = "none"  # the answer in the list of customers found: looked up, and none of them
PEOPLE = [*((str(n), str(n)) for n in range(1, 5)), ("5+", "5+")]


class Card(forms.Field):
    """The card that was tapped; nobody's for `NOT_FOUND`."""

    def to_python(self, value: object) -> UUID | None:
        """Raises ValidationError for what is no id."""
        if value in (None, "", NOT_FOUND):
            return None
        found = uids([str(value)])
        if not found:
            raise forms.ValidationError("请从查到的客户里点选；没有他，就点「没找到」。")
        return found[0]


class _Rung(forms.Field):
    """Whose "I rang before" was ticked, card by card, as `customer:taker`; by the card's id."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: object) -> dict[UUID, UUID]:
        """What isn't two ids is left out."""
        ticked = value if isinstance(value, list) else [value] if value else []
        pairs = [uids(str(one).split(":")) for one in ticked]
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


class ArrivalForm(KeyedForm):
    """The two questions of TQ-1 and who is coming."""

    # The group of this customer that is on the floor already: is it the same, or another one?
    present: OnTheFloor | None = None

    kind = forms.ChoiceField(label="来做什么", choices=KINDS, initial="customer", required=False)
    first = forms.ChoiceField(
        label="是不是第一次来", choices=[("yes", "第一次"), ("no", "来过")], required=False
    )
    contact = forms.ChoiceField(label="有没有联系过", choices=CONTACT, required=False)
    named = forms.UUIDField(
        required=False, error_messages={"invalid": "请从名单里点选联系过的同事。"}
    )
    # "I rang before", ticked at a card found: the card is the customer, its taker the colleague they know.
    rang = _Rung(required=False)
    customer = Card(required=False)
    # One box: a phone, a name, or both; what of it is which is told by `split`.
    q = forms.CharField(
        max_length=80, required=False, error_messages={"max_length": "姓名和电话太长了，请核对。"}
    )
    title = forms.ChoiceField(
        label="称呼", choices=[("", ""), ("mr", "先生"), ("ms", "女士")], required=False
    )
    people = forms.ChoiceField(label="人数", choices=PEOPLE, required=False)
    group_size = whole(
        low=1,
        high=99,
        required=False,
        error_messages={
            "invalid": "人数请填数字。",
            "min_value": "人数至少 1 人。",
            "max_value": "人数最多 99 人，更大的团请分批登记。",
        },
    )
    households = whole(
        low=1,
        high=20,
        required=False,
        called="家庭数",
    )
    note = forms.CharField(
        max_length=200, required=False, error_messages={"max_length": "备注最多 200 个字。"}
    )
    looks = forms.CharField(
        max_length=60, required=False, error_messages={"max_length": "认人最多 60 个字。"}
    )
    seat = forms.CharField(
        max_length=20, required=False, error_messages={"max_length": "座位最多 20 个字。"}
    )
    looked_for = forms.CharField(max_length=80, required=False)
    again = forms.BooleanField(required=False)

    @property
    def not_found(self) -> bool:
        """Whether somebody was looked up and said to be none of those found."""
        return str(self.data.get("customer", "")) == NOT_FOUND

    def refused_by(self, no: Refused | KeyReused) -> str:
        """A customer who is here already is asked about; everything else stands at its question."""
        if isinstance(no, OnTheFloor):
            self.present = no
            return no.message
        return super().refused_by(no)

    def clean(self) -> dict[str, object]:
        """Both questions answered (TQ-1), the number whole; what is wrong stands at its own question."""
        data = super().clean() or {}
        self._rung(data)
        if not data.get("customer") and not self.has_error("customer"):
            self._check_box(*split(data.get("q") or ""))
        if (data.get("kind") or "customer") == "customer":
            self._check_answers(data)
        return data

    def _rung(self, data: dict[str, Any]) -> None:
        """A tick at a card says that it is this customer, unless another card was tapped."""
        ticked = data.get("rang") or {}
        if not ticked or data.get("customer"):
            return
        if len(ticked) > 1:
            self.add_error("q", "好几位客户都勾了「来过电」，请点选到的是哪一位。")
            return
        data["customer"] = next(iter(ticked))

    def _check_answers(self, data: dict[str, Any]) -> None:
        """Whether a number is somebody's is known to the action alone: a name by itself never is."""
        _, phone = split(data.get("q") or "")
        told = Answers(
            first={"yes": True, "no": False}.get(data.get("first") or ""),
            contacted={"no": False, "named": True}.get(data.get("contact") or ""),
            named=self._named(data) is not None,
            known=bool(data.get("customer") or normalised(phone)),
            not_found=self.not_found,
        )
        for unanswered in open_questions(told):
            if not self.has_error(unanswered.field):
                self.add_error(unanswered.field, unanswered.message)
        if told.first is False and self.not_found and not (data.get("q") or "").strip():
            self.add_error("q", LOOK)

    def _check_box(self, name: str, phone: str) -> None:
        if len(name) > 40:
            self.add_error("q", "姓名最多 40 个字。")
        if phone and normalised(phone) is None:
            short = len(phone) < 7
            if short and self.not_found:
                return  # they were looked up by the end of a number, and that is all there is of it
            said = f"「{phone}」不是完整号码：是老客户请在查到的名单里点选；新客户请输全号码或只写姓名。"
            self.add_error("q", said if short else PHONE_HELP)

    def _named(self, data: dict[str, Any]) -> UUID | None:
        """Whom the customer names: by name, or by the call they made before (TQ-1)."""
        named: UUID | None = data.get("named") if data.get("contact") != "no" else None
        return named or (data.get("rang") or {}).get(data.get("customer"))

    def so_far(self) -> tuple[str, UUID | None]:
        """Whom the group names and which card was tapped, while the form is still being filled in."""
        self.is_valid()
        named = self._named(self.cleaned_data)
        return str(named or ""), self.cleaned_data.get("customer")

    @property
    def rung(self) -> set[UUID]:
        """At whose cards "I rang before" is ticked, also while something else is wrong."""
        ticked = self.fields["rang"].widget.value_from_datadict(self.data, self.files, "rang")
        return set(_Rung().to_python(ticked))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote, by its label: to be read where the day ended while they were writing."""
        said = ((label, str(self.data.get(name, "")).strip()) for name, label in _WRITTEN.items())
        return [(label, words) for label, words in said if words]

    @property
    def size(self) -> int:
        """How many came: the number on the chip, or the number typed beside 5+; call after `is_valid`."""
        d = self.cleaned_data
        chip, typed = d["people"], d["group_size"]
        return int(chip) if chip.isdigit() else typed or (5 if chip else 1)

    def arrival(self) -> Arrival:
        """The arrival for the action; call after `is_valid`."""
        d = self.cleaned_data
        name, phone = split(d["q"]) if not d["customer"] else ("", "")
        named = self._named(d)
        return Arrival(
            kind=d["kind"] or "customer",
            contacted=True if named else {"no": False}.get(d["contact"]),
            named=named,
            customer_id=d["customer"],
            name=name,
            phone=phone if normalised(phone) else "",
            title=d["title"],
            first_visit={"yes": True, "no": False}.get(d["first"]),
            not_found=self.not_found,
            again=d["again"],
            group_size=self.size,
            households=d["households"] or 1,
            note=d["note"],
            looks=d["looks"],
            seat=d["seat"],
            looked_for=d["looked_for"],
        )


ArrivalForm.base_fields = _Shared(ArrivalForm.base_fields)
