"""设备, and faults told by scanning a label; nothing here saves."""

from uuid import UUID

from django import forms

from yingbin.files.contents import MAX_BYTES
from yingbin.files.forms import PhotosField
from yingbin.pages.forms import KeyedForm, choose, date_box, text

from ..files import ASSET
from .fields import Choices, one_of


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=date_box(),
        error_messages={"invalid": "日期请按 年-月-日 填写。"},
    )


class AssetForm(KeyedForm):
    """What is known of an asset."""

    asset = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = text("名称", 40)
    kind = text("类别", 20, required=False, help_text="例如：空调、照明、沙盘")
    post = one_of("岗位", required=False)
    place = text("具体位置", 60, required=False, help_text="例如：主卧、沙盘东侧")
    notes = forms.CharField(
        label="操作说明", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一步：怎么开、怎么关、要注意什么。",
    )  # fmt: skip
    supplier = text("供应商", 40, required=False)
    contact = text("联系方式", 60, required=False, help_text="报修打给谁")
    bought_on = _day("购置日期")
    warranty_until = _day("保修到")
    photos = PhotosField(owner=ASSET.id)

    def offer(self, posts: list[tuple[UUID, str]]) -> "AssetForm":
        """The posts of the place."""
        named: Choices = [(str(post), name) for post, name in posts]
        choose(self.fields["post"], [("", "不在岗位上"), *named])
        return self


class FaultForm(KeyedForm):
    """A fault in a stranger's words, with a photo; nothing about themselves is asked."""

    words = forms.CharField(
        label="哪里坏了", max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        error_messages={"required": "请用一句话写下哪里坏了。", "max_length": "最多写 300 个字。"},
    )  # fmt: skip
    photo = forms.FileField(
        label="照片", required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": "48000"}),
    )  # fmt: skip

    def picture(self) -> bytes:
        """The bytes of the photo; none where there is none."""
        sent = self.files.get("photo")
        return sent.read(MAX_BYTES + 1) if sent else b""


class DismissForm(KeyedForm):
    """Why a fault isn't one."""

    reason = text("为什么不成立", 200)
