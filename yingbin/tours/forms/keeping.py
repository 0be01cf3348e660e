"""Visits ticked to be cleared."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose


class ClearForm(KeyedForm):
    """Those of the preview that are ticked, and that whoever clears them knows what goes."""

    visits = forms.TypedMultipleChoiceField(
        label="来访", coerce=UUID,
        error_messages={
            "required": "请先勾选要清除的来访。", "invalid_choice": "页面已过时，请重新看一遍再勾选。",
        },
    )  # fmt: skip
    sure = forms.BooleanField(
        label="看过了：清除以后不能恢复",
        error_messages={"required": "清除以后不能恢复，请先勾选“看过了”。"},
    )

    def __init__(self, data: Typed | None = None, *, visits: Iterable[UUID]) -> None:
        super().__init__(data)
        choose(self.fields["visits"], [(str(one), "") for one in visits])

    @property
    def ticked(self) -> set[UUID]:
        """What stands ticked: as it was sent, or all of the page."""
        sent = self["visits"].value() if self.is_bound else None
        known = {str(one): UUID(str(one)) for one, _ in self.fields["visits"].choices}  # type: ignore[attr-defined]
        return {known[one] for one in (known if sent is None else sent) if one in known}
