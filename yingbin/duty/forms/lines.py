"""信息传递单, 报修, 损坏, and who gets which; nothing here saves."""

from uuid import UUID

from django import forms

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import KeyedForm, choose, text, whole

from ..actions.lines import MYSELF, Details
from ..models import LineDetail
from ..queries.picture import Picture
from ..words import LINES
from .fields import Choices, one_of


class LineForm(KeyedForm):
    """信息传递单 or 报修: kind, post, a sentence, a photo; whom it is for and which asset it is of can be left out."""

    kind = forms.ChoiceField(label="写什么", choices=list(LINES.items()), initial="slip")
    post = one_of("岗位")
    title = text("什么事", 80)
    detail = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    photos = PhotosField(owner=MATTER.id)
    to = forms.ChoiceField(label="转给", required=False, help_text="对方接手之前仍由您负责。")
    asset = one_of("设备", required=False)

    def offer(self, seen: Picture, takers: Choices, assets: Choices) -> "LineForm":
        """The posts of the day, whom it can be for, what there is."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        choose(self.fields["to"], [("", "按类型转"), (MYSELF, "我自己办"), *takers])
        choose(self.fields["asset"], [("", "不是设备"), *assets])
        return self

    def details(self, photos: tuple[UUID, ...]) -> Details:
        """What the line says beyond its words, once the form is valid."""
        told = self.cleaned_data
        return Details(to=told["to"], asset=told["asset"], photos=photos)


class DamageForm(LineForm):
    """物品损坏: what broke, who caused it, who was there, what it is worth."""

    kind = forms.ChoiceField(choices=[("damage", "物品损坏")], widget=forms.HiddenInput)
    cause = forms.ChoiceField(label="谁造成的", choices=LineDetail.Cause.choices)
    visit = one_of(
        "哪批客人", required=False, help_text="知道是谁就选。只连到客户卡片，报告单上不写姓名。"
    )
    value = whole(
        "估价（元）", required=False, low=0, help_text="不知道就空着。",
        error_messages={"invalid": "估价填数字，例如 1800。", "min_value": "估价不能小于 0。"},
    )  # fmt: skip
    present = text("在场的人", 200, required=False, help_text="例如：客户李女士、接待员陈")
    happened_at = forms.DateTimeField(
        label="什么时候", required=False, help_text="不填就是现在。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "时间请按 年-月-日 时:分 填写。"},
    )  # fmt: skip

    def offer_visitors(self, groups: Choices) -> "DamageForm":
        """Whoever is inside or was here today; where nobody was, or nobody may be named, nothing is asked."""
        if groups:
            choose(self.fields["visit"], [("", "不知道，或不是客人"), *groups])
        else:
            del self.fields["visit"]
        return self

    def details(self, photos: tuple[UUID, ...]) -> Details:
        """What the report of the damage says."""
        told = self.cleaned_data
        return Details(
            to=told["to"],
            asset=told["asset"],
            photos=photos,
            value=told["value"],
            cause=told["cause"],
            present=told["present"],
            happened_at=told["happened_at"],
            visit=told.get("visit"),
        )


class RoutesForm(KeyedForm):
    """单子转给谁: by kind, with a reason."""

    prefix_of_ids = "routes"
    slip = forms.ChoiceField(label="信息传递单", required=False)
    repair = forms.ChoiceField(label="报修", required=False)
    damage = forms.ChoiceField(label="物品损坏", required=False)
    mail = forms.EmailField(
        label="损坏报告单发到哪个邮箱", required=False, max_length=100,
        help_text="地产公司相关部门的邮箱。空着就用地产公司同事资料里的。",
        error_messages={"invalid": "邮箱写得不对，例如 gongcheng@example.com。"},
    )  # fmt: skip
    reason = text("为什么这样定", 100)

    def offer(self, takers: Choices) -> "RoutesForm":
        """Whom they can go to."""
        for name in ("slip", "repair", "damage"):
            choose(self.fields[name], [("", "谁写谁办，不自动转"), *takers])
        return self
