"""What the page of channels sends in."""

from typing import Any

from django import forms

# What a site may want to hear of in a group; a kind of notice belongs to one of them or to none.
SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "turns": ("轮到谁接待、无人接单", ("turn", "awaited", "not_accepted", "undone")),
    "supervision": ("申报、外出、调派、更正", ("claim", "leave", "override", "adjust")),
    "matters": (
        "事项转交、超时、办结",
        (
            "matter.open",
            "matter.offer",
            "matter.accept",
            "matter.decline",
            "matter.answer",
            "matter.tell",
            "matter.done",
            "matter.remind",
            "matter.escalate",
        ),
    ),
    "service": ("茶水服务", ("service",)),
}


class ChannelForm(forms.Form):
    """Whether a channel is used here, and for which subjects; none chosen: for everything."""

    name = forms.CharField(max_length=40)
    use = forms.ChoiceField(choices=[("yes", "使用"), ("no", "停用")])
    subjects = forms.MultipleChoiceField(
        choices=[(id_, words) for id_, (words, _) in SUBJECTS.items()], required=False
    )

    def kinds(self) -> list[str]:
        """The kinds of notice of the subjects chosen."""
        chosen: list[str] = self.cleaned_data["subjects"]
        return [kind for subject in chosen for kind in SUBJECTS[subject][1]]


def subjects_of(kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """All subjects with whether a channel hears of them."""
    return [
        {"id": id_, "words": words, "chosen": bool(set(kinds) & set(own))}
        for id_, (words, own) in SUBJECTS.items()
    ]
