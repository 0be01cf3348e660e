"""信息传递单 and 报修; nothing here saves."""

from django import forms

from yingbin.pages.forms import KeyedForm, choose, text

from ..queries.picture import Picture
from ..words import LINES
from .fields import one_of


class LineForm(KeyedForm):
    """信息传递单 or 报修."""

    kind = forms.ChoiceField(label="写什么", choices=list(LINES.items()), initial="slip")
    post = one_of("岗位")
    title = text("什么事", 80)
    detail = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def offer(self, seen: Picture) -> "LineForm":
        """The posts of the day."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self
