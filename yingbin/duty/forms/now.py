"""用餐、休息, 签退 on the page 现在; nothing here saves."""

from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, choose, text, whole

from ..queries.picture import Picture
from ..words import BREAKS
from .fields import hour, one_of, people


class BreakForm(KeyedForm):
    """用餐、休息: what kind, how long, from when."""

    prefix_of_ids = "break"
    kind = forms.ChoiceField(label="做什么", choices=list(BREAKS.items()), initial="meal")
    minutes = whole(
        "多少分钟", low=1, high=180, initial=30,
        called="分钟数",
    )  # fmt: skip
    begins = hour("从几点", required=False, help_text="不填就是现在")


class SignOffForm(KeyedForm):
    """签退: who takes over, where the post needs somebody."""

    prefix_of_ids = "off"
    relieved_by = one_of("由谁接替", required=False)
    code = text("签到码", 12, required=False, help_text="现场屏幕上现在的六位数字")

    def offer(self, seen: Picture, me: UUID) -> "SignOffForm":
        """Those who are there."""
        there = [
            p for p in seen.people.values() if p.signed_on and p.role in ("receptionist", "lead")
        ]
        choose(self.fields["relieved_by"], [("", "岗位上人够，不用接替"), *people(there, but=me)])
        return self
