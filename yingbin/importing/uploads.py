"""The form that takes a file; a kind of import adds what the file itself doesn't say."""

from collections.abc import Mapping

from django import forms

from yingbin.pages.forms import KeyedForm

Setting = str | int | None
ACCEPTED = ".xlsx,.xlsm,.csv,.txt,.htm,.html,.xls"


class UploadForm(KeyedForm):
    """An uploaded file; a kind of import adds what the file itself doesn't say."""

    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的。请选择有内容的。"},
    )

    def told(self) -> Mapping[str, Setting]:
        """What the file itself doesn't say."""
        return {}

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that a kind of import adds."""
        return [self[name] for name in self.fields if name not in ("file", "key")]

    @property
    def has_more(self) -> bool:
        """Whether any of them was filled in or is wrong."""
        return any(bound.errors or bound.value() for bound in self.more)
