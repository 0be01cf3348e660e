"""Whose customers go to whom, as it comes from the page; nothing here saves."""

from uuid import UUID

from django import forms

from yingbin.pages.asked import uids
from yingbin.pages.forms import KeyedForm, text


class SuccessionForm(KeyedForm):
    """A leaver, their successors, and why."""

    leaver = forms.UUIDField(
        error_messages=dict.fromkeys(("required", "invalid"), "请先选交出客户的同事。")
    )
    reason = text(
        "为什么交接",
        200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "例如：10 月 31 日离职"}),
    )

    @property
    def to(self) -> list[UUID]:
        """The successors that were ticked."""
        return uids(self.ticked)

    @property
    def ticked(self) -> list[str]:
        """The successors' ids as they were sent."""
        return self.data.getlist("to") if self.is_bound else []  # type: ignore[attr-defined]
