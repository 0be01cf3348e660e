"""交接班; nothing here saves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from yingbin.pages.forms import KeyedForm, Typed, choose, text
from yingbin.sheets.forms import SigningForm

from ..actions.handovers import Objection
from ..queries.handovers import Proposal
from ..queries.picture import Picture, SeenPerson
from ..queries.seen_handovers import SeenEntry, SeenHandover
from .fields import Choices, one_of

OWN_ROWS = 2  # empty rows for what was never counted before
MOST = 99999


@dataclass(frozen=True)
class Counted:
    """A row of things that are counted: what, how many there are as typed, how many there should be."""

    item: str
    count: str
    expected: int | None = None


class HandoverForm(KeyedForm):
    """交接班: which post, who gives it to whom, with which keys and counts; filled in as the last one left them."""

    post = one_of("岗位")
    giver = one_of("交班人")
    receiver = one_of("接班人", help_text="要先到岗")
    keys = forms.CharField(
        label="钥匙", required=False, max_length=400, help_text="一行一把，例如：大门 1 号",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Typed | None, proposed: Proposal, *, post: UUID, me: UUID) -> None:
        start = {"post": str(post), "giver": str(me), "keys": "\n".join(proposed.keys)}
        super().__init__(data, initial=start)
        self.proposed = proposed

    def offer(self, seen: Picture) -> "HandoverForm":
        """The posts of the day; everybody who may give, and who has signed on to take."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        choose(self.fields["giver"], _named(seen.people.values()))
        there = [p for p in seen.people.values() if p.signed_on]
        choose(self.fields["receiver"], [("", "选一位"), *_named(there)])
        others = [p.id for p in there if p.id != self.initial["giver"]]
        self.initial["receiver"] = others[0] if len(others) == 1 else ""
        return self

    @property
    def proposed_rows(self) -> list[Counted]:
        """What was counted last time; with what was typed, once something was."""
        if isinstance(self.data, QueryDict):
            before = self.proposed.expected()
            pairs = zip(self.data.getlist("item"), self.data.getlist("count"), strict=False)
            return [Counted(item, count, before.get(item)) for item, count in pairs]
        return [Counted(i, "" if n is None else str(n), n) for i, n in self.proposed.stock]

    @property
    def own_rows(self) -> list[Counted]:
        """Further things, by name."""
        typed: list[Counted] = []
        if isinstance(self.data, QueryDict):
            pairs = zip(self.data.getlist("more"), self.data.getlist("more_count"), strict=False)
            typed = [Counted(item, count) for item, count in pairs if item or count]
        return [*typed, *[Counted("", "")] * max(1, OWN_ROWS - len(typed))]

    def clean_keys(self) -> tuple[str, ...]:
        """One key a line."""
        return _once(self.cleaned_data["keys"].splitlines(), "钥匙")

    def clean(self) -> dict[str, object]:
        """The counts: proposed things left empty weren't counted and are left out."""
        told = super().clean() or {}
        try:
            rows = [*self._counted(self.proposed_rows, must=False)]
            rows += self._counted(self.own_rows, must=True)
            _once([item for item, _ in rows], "物品")
        except forms.ValidationError as no:
            self.refuse(" ".join(no.messages))
        else:
            told["stock"] = tuple(rows)
        return told

    def _counted(self, rows: Iterable[Counted], *, must: bool) -> Iterator[tuple[str, int]]:
        for row in rows:
            item, count = row.item.strip()[:40], row.count.strip()
            if (not item and not count) or (not count and not must):
                continue
            if not item:
                raise forms.ValidationError(f"数量 {count} 前面要写是什么物品。")
            if not (count.isascii() and count.isdecimal() and int(count) <= MOST):
                raise forms.ValidationError(f"“{item}”后面要有数量，例如：鞋套 40。")
            yield item, int(count)


def _named(people: Iterable[SeenPerson]) -> Choices:
    return [(p.id, f"{p.name}（{p.role_words}）") for p in people]


def _once(names: Iterable[str], what: str) -> tuple[str, ...]:
    found = [name.strip() for name in names if name.strip()]
    twice = next((name for name in found if found.count(name) > 1), None)
    if twice:
        raise forms.ValidationError(f"{what}“{twice}”写了两次，请合成一行。")
    return tuple(found)


@dataclass(frozen=True)
class Unanswered:
    """An entry not answered yet, beside the glass: the name of its box, and what was typed into it.

    expected: how many there should be, where that isn't what was counted.
    """

    entry: SeenEntry
    name: str
    reason: str
    expected: int | None


class HandoverSignForm(SigningForm):
    """The glass of one side; for the receiver the entries not answered yet, each with a box for an objection."""

    def __init__(
        self,
        data: Typed | None,
        found: SeenHandover,
        *,
        who: SeenPerson,
        expected: Mapping[str, int],
    ) -> None:
        self.signer, self.expected = who.name, expected
        super().__init__(data)
        receives = who.id == found.receiver_id
        self.left = [e for e in found.entries if e.accepted is None] if receives else []

    @property
    def unanswered(self) -> list[Unanswered]:
        """The entries to be answered with the signature."""
        names = [f"no{n}" for n in range(len(self.left))]
        pairs = zip(self.left, names, strict=True)
        return [
            Unanswered(e, n, str(self.data.get(n, "")).strip(), self._differs(e)) for e, n in pairs
        ]

    def _differs(self, entry: SeenEntry) -> int | None:
        due = self.expected.get(entry.id) if entry.kind == "stock" else None
        return due if due != entry.count else None

    def objections(self) -> tuple[Objection, ...]:
        """What isn't accepted, each with why; all the rest is."""
        typed = [u for u in self.unanswered if u.reason]
        return tuple(Objection(u.entry.kind, u.entry.id, u.reason[:100]) for u in typed)


class OtherGlassForm(HandoverSignForm):
    """The glass for somebody whose device it isn't: they prove who they are by their own PIN or password."""

    secret = forms.CharField(max_length=128, strip=False, label="PIN 或密码")
    unsigned = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Typed | None,
        found: SeenHandover,
        *,
        who: SeenPerson,
        expected: Mapping[str, int],
    ) -> None:
        super().__init__(data, found, who=who, expected=expected)
        self.fields["secret"].error_messages["required"] = f"请{who.name}输入自己的 PIN 或密码。"

    def clean(self) -> dict[str, object]:
        """A device that can't draw says so; then the PIN or password stands for the signature."""
        if self.data.get("unsigned"):
            self.cleaned_data["password"] = "-"
        return super().clean()


class SecretForm(KeyedForm):
    """A guard who comes without a phone of their own: who, and their PIN or password."""

    who = one_of("安全员")
    secret = forms.CharField(
        label="PIN 或密码", max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class RefusalForm(KeyedForm):
    """Who would not sign, and why."""

    who = one_of("谁不签")
    words = text("为什么不签", 200)
    prefix_of_ids = "refusal"

    def offer(self, found: SeenHandover) -> "RefusalForm":
        """The sides that have not signed."""
        sides = (
            ("receiving", found.receiver_id, found.receiver),
            ("giving", found.giver_id, found.giver),
        )
        left = [(who, name) for side, who, name in sides if side not in found.signed]
        choose(self.fields["who"], left)
        return self


class AdditionForm(KeyedForm):
    """补充: words that stay."""

    words = text("有什么遗漏", 300)
    prefix_of_ids = "addition"
