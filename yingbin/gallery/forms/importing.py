"""What the manager says of an old register that the file itself doesn't say."""

from collections.abc import Mapping

from django import forms

from yingbin.importing.uploads import Setting, UploadForm
from yingbin.pages.forms import whole

OLDEST = 1990
_YEAR = "年份请写四位数字，例如 2025。"


class RegisterForm(UploadForm):
    """An uploaded register."""

    year = whole(
        "没写年份的日期按哪一年收",
        help_text="例如 2025。不填就按最近过去的那一天。",
        required=False,
        low=OLDEST,
        high=2100,
        error_messages={"invalid": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )
    area = forms.RegexField(
        r"^0\d{2,3}$",
        label="没写区号的固定电话按哪个区号收",
        help_text="例如 0755。不填的话，没有区号的固定电话写进备注。",
        required=False,
        error_messages={"invalid": "区号是 0 开头的 3 到 4 位数字，例如 0755。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )

    def told(self) -> Mapping[str, Setting]:
        """The year and the area code."""
        return {"area": self.cleaned_data["area"], "year": self.cleaned_data["year"]}
