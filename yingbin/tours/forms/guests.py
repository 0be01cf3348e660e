"""The list of those who come: written, brought as a table, somebody replaced, a number looked at, a line erased."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.importing.uploads import ACCEPTED
from yingbin.pages.forms import Cleaned, KeyedForm, Typed, choose, text, whole
from yingbin.tables import Unreadable

from ..guest_lines import GuestLine, Reading, read_guest, read_guests
from ..guest_table import lines_of_table
from ..guest_words import ENGLISH, EXAMPLE, REFUSALS, fault_said

SHOWN = 6  # faults at once
WHYS = ("联系来访人", "核对身份", "紧急情况", "其他需要")
PICK = ("", "请选择")
PLACEHOLDER = "王老师，13900139000，带队老师\n李小禾，学生，尾号 1234"


class GuestsForm(KeyedForm):
    """A list, one person a line. seen: the list's stamp as whoever writes saw it."""

    lines = forms.CharField(
        label="名单，一行一位", required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": PLACEHOLDER}),
        help_text="姓名写在最前面，后面用逗号隔开：电话、身份、证件尾号四位、未成年。可以从 Excel 里整块复制过来。",
        error_messages={"max_length": "名单太长了，请分开填。"},
    )  # fmt: skip
    care_of = text(
        "未成年人由谁照看", 40, required=False,
        help_text="带队老师或监护人；某一位由别人照看的，在那一行写“监护人：李梅”。",
    )  # fmt: skip
    seen = whole("版本", 0, widget=forms.HiddenInput)

    def __init__(
        self, data: Typed | None = None, *, lines: str = "", seen: int = 0, english: bool = False
    ) -> None:
        super().__init__(data, initial={"lines": lines, "seen": seen})
        self.lang, self.told = "en" if english else "zh", Reading()
        if english:
            for name, (label, help_) in ENGLISH.items():
                self.fields[name].label, self.fields[name].help_text = label, help_
            self.fields["lines"].widget.attrs["placeholder"] = EXAMPLE

    def clean(self) -> Cleaned:
        """Each line read; what is wrong is said by line."""
        kept = super().clean() or {}
        self.told = read_guests(str(kept.get("lines", "")), str(kept.get("care_of", "")))
        said = [fault_said(code, self.lang, line) for line, code in self.told.faults]
        more = len(said) - SHOWN
        if more > 0:
            said = [
                *said[:SHOWN],
                f"…and {more} more." if self.lang == "en" else f"还有 {more} 处。",
            ]
        if said:
            self.add_error("lines", (" " if self.lang == "en" else "").join(said))
        return kept

    def refuse(self, sentence: str, field: str = "") -> None:
        """As everywhere; in English where the form is."""
        english = next((said for part, said in REFUSALS.items() if part in sentence), sentence)
        super().refuse(english if self.lang == "en" else sentence, field)

    @property
    def guests(self) -> tuple[GuestLine, ...]:
        """Who comes; call after `is_valid`."""
        return tuple(self.told.guests)


class TableForm(KeyedForm):
    """A file with a list, shown before anything of it is kept."""

    file = forms.FileField(
        label="Excel 名单", widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请选有内容的。"},
    )  # fmt: skip

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        super().__init__(data, files, auto_id="table_%s")
        self.lines = ""

    def clean(self) -> Cleaned:
        """Read at once; a file that is no table says why."""
        kept = super().clean() or {}
        if file := kept.get("file"):
            try:
                self.lines = lines_of_table(file.read(), file.name)
            except Unreadable as no:
                self.add_error("file", no.message)
        return kept


class _OneGuestForm(KeyedForm):
    """Which guest it is about."""

    guest = forms.TypedChoiceField(label="哪一位", coerce=UUID)

    def __init__(
        self, data: Typed | None = None, *, guests: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data)
        offered = list(guests)
        self.any = bool(offered)
        choose(self.fields["guest"], [PICK, *offered])


class ReplaceForm(_OneGuestForm):
    """Somebody else comes; who allowed it: `me`, unless another is chosen, where whoever writes may allow it."""

    prefix_of_ids = "replace"
    comes = text(
        "换成谁", 120, help_text="和名单一样写，例如：吴老师，13900139000，带队老师",
    )  # fmt: skip
    allowed_by = forms.TypedChoiceField(label="谁同意的", coerce=UUID)
    why = text("为什么换", 100)

    def __init__(
        self,
        data: Typed | None = None,
        *,
        guests: Iterable[tuple[str, str]] = (),
        allowing: Iterable[tuple[str, str]] = (),
        me: str = "",
    ) -> None:
        super().__init__(data, guests=guests)
        choose(self.fields["allowed_by"], [PICK, *allowing])
        self.initial["allowed_by"] = me

    def clean_comes(self) -> GuestLine:
        """Read as a line of the list."""
        return read_guest(str(self.cleaned_data["comes"]))

    def refuse(self, sentence: str, field: str = "") -> None:
        """What is wrong with the line is said at the line."""
        super().refuse(sentence, "comes" if field == "lines" else field)


class LookForm(_OneGuestForm):
    """What for somebody looks at a full number."""

    prefix_of_ids = "look"
    why = forms.ChoiceField(label="查看用途", choices=[(one, one) for one in WHYS])


class ForgetForm(_OneGuestForm):
    """A guest asks to be erased."""

    prefix_of_ids = "forget"
    reason = text("依据", 200, help_text="例如：本人 11 月 20 日来电要求删除。删除后不能恢复。")
