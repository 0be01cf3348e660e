"""交接班; nothing here saves."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, choose

from ..queries.picture import Picture
from .fields import one_of, people


class HandoverForm(KeyedForm):
    """交接班: which post, to whom, with which keys and counts."""

    post = one_of("岗位")
    receiver = one_of("接班人", help_text="要先到岗")
    keys = forms.CharField(
        label="钥匙", required=False, max_length=400, help_text="一行一把，例如：大门 1 号",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    stock = forms.CharField(
        label="物品数量", required=False, max_length=1000, help_text="一行一样，例如：鞋套 40",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def offer(self, seen: Picture, me: UUID) -> "HandoverForm":
        """The posts of the day and everybody who has signed on."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        there = [p for p in seen.people.values() if p.signed_on]
        choose(self.fields["receiver"], people(there, but=me))
        return self

    def clean_keys(self) -> tuple[str, ...]:
        """One key a line."""
        return _once(self.cleaned_data["keys"].splitlines(), "钥匙")

    def clean_stock(self) -> tuple[tuple[str, int], ...]:
        """A name and a number a line."""
        rows = [r.split() for r in self.cleaned_data["stock"].splitlines() if r.strip()]
        for row in rows:
            if len(row) < 2 or not row[-1].isdigit():
                raise forms.ValidationError(f"“{' '.join(row)}”后面要有数量，例如：鞋套 40。")
        _once([" ".join(row[:-1]) for row in rows], "物品")
        return tuple((" ".join(row[:-1]), int(row[-1])) for row in rows)


def _once(names: Iterable[str], what: str) -> tuple[str, ...]:
    found = [name.strip() for name in names if name.strip()]
    twice = next((name for name in found if found.count(name) > 1), None)
    if twice:
        raise forms.ValidationError(f"{what}“{twice}”写了两次，请合成一行。")
    return tuple(found)
