"""A question of a show flat's visitor that the sales centre answers: asked here, tracked there, answered back."""

from django.db import models
from django.db.models import Q

from yingbin.matters.models import Matter
from yingbin.people.rows import SiteRow


class PassedQuestion(SiteRow):
    """A question passed on to the gallery that the flat refers to (SF-4.3.3).

    asked: the gallery has no matter of it yet; passed: it is tracked there; answered: the answer is back at the flat;
    kept: the gallery couldn't take it, so it stays with whoever asked. No constraint leads to the gallery's rows.
    forget: whether the words at the gallery are to go, since they went here.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "正在转给售楼处"
        PASSED = "passed", "售楼处在问"
        ANSWERED = "answered", "售楼处答复了"
        KEPT = "kept", "售楼处没有接"

    class Forget(models.TextChoices):
        """Whether the gallery's copy is to be emptied."""

        NO = "", "不用"
        ASKED = "asked", "售楼处的也要涂掉"
        DONE = "done", "售楼处的也涂掉了"

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="passed_on")
    gallery_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    at = models.DateTimeField()
    by = models.UUIDField()
    gallery_matter = models.UUIDField(null=True)
    forget = models.CharField(max_length=6, choices=Forget.choices, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["at"], condition=Q(state__in=("asked", "passed")), name="question_under_way"
            ),
            models.Index(fields=["at"], condition=Q(forget="asked"), name="question_to_forget"),
        ]
