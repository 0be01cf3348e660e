"""What the manager says about an old register: the file, and what the file itself doesn't say."""

from typing import Any

from django import forms

from yingbin.pages.forms import KeyedForm

OLDEST = 1990


class ImportForm(KeyedForm):
    """An uploaded register."""

    file = forms.FileField(
        label="旧登记册",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.htm,.html,.xls"}),
        error_messages={
            "required": "请选择登记册文件。",
            "empty": "这个文件是空的。请选择有内容的登记册。",
        },
    )
    area = forms.RegexField(
        r"^0\d{2,3}$",
        label="没写区号的固定电话按哪个区号收",
        required=False,
        error_messages={"invalid": "区号是 0 开头的 3 到 4 位数字，例如 0755。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )
    year = forms.IntegerField(
        label="没写年份的日期按哪一年收",
        required=False,
        min_value=OLDEST,
        max_value=2100,
        error_messages={
            "invalid": "年份请写四位数字，例如 2025。",
            "min_value": "年份请写四位数字，例如 2025。",
            "max_value": "年份请写四位数字，例如 2025。",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )

    def told(self) -> dict[str, Any]:
        """What the action wants besides who and when."""
        file = self.cleaned_data["file"]
        return {
            "file_name": file.name,
            "area": self.cleaned_data["area"],
            "year": self.cleaned_data["year"],
        }
