"""What people ask for on the page of their own roster; nothing here saves."""

from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, choose, text

from ..actions.leave import SORTS
from .rosters import day_field


class SwapForm(KeyedForm):
    """换班."""

    prefix_of_ids = "swap"
    with_whom = forms.TypedChoiceField(label="和谁换", coerce=UUID, empty_value=None)
    day = day_field("哪一天")
    other_day = day_field(
        "再换哪一天", required=False, help_text="两个人连另一天也对调时填，比如互换休息日"
    )

    def offer(self, people: list[tuple[str, str]]) -> "SwapForm":
        """The colleagues there are."""
        choose(self.fields["with_whom"], people)
        return self


class LeaveForm(KeyedForm):
    """请假."""

    prefix_of_ids = "leave"
    first = day_field("从哪天")
    last = day_field("到哪天")
    sort = forms.ChoiceField(label="什么假", choices=list(SORTS.items()))
    words = text("说明", 200, required=False, help_text="只有审批的领班看得到")
