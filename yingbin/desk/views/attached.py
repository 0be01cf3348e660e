"""Everything that hangs on one fault: who tells of it, one answer for all, who has still to be told (SD-4.4)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.asked import uids
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs

from ..actions import register as actions
from ..forms.register import AttachedForm
from ..models import DeskMatter
from ..queries.attached import hanging
from ..queries.one import seen


@needs("desk.see")
@require_http_methods(["GET", "POST"])
def attached(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The list, and the answer for all of it at once."""
    row = _found(request, matter_id)
    shown = hanging(badge_of(request), row, timezone.now())
    form = AttachedForm(sent(request), initial={"text": shown.answer}).offer(
        [one.matter.id for one in shown.homes]
    )
    here = reverse("desk:attached", args=[matter_id])
    return submit(
        request,
        form,
        lambda told: actions.answer_all(parent=matter_id, text=told["text"], told=tuple(told["told"])),
        page=lambda: render(request, "desk/attached.html", {"shown": shown, "form": form}, status=status(form)),
        then=here,
        said=_said,
    )  # fmt: skip


def _said(done: actions.AnsweredAll) -> str:
    words = f"{done.solved} 户已有答复" if done.solved else "没有等您答复的"
    if done.told:
        words += f"，其中 {done.told} 户已经告诉、办结"
    return f"{words}。还有 {done.left} 户没办完。" if done.left else f"{words}。全部办完了。"


@needs("desk.see")
@require_POST
def attach(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Matters that were recorded before turn out to be of the same fault."""
    _found(request, matter_id)
    chosen = tuple(uids(request.POST.getlist("matter")))
    deed = actions.attach.given(matter_ids=chosen, parent=matter_id)
    return perform(
        request, deed, then=reverse("desk:attached", args=[matter_id]),
        said=lambda many: f"挂上了 {many} 件。" if many else "没有勾选，什么都没有变。",
    )  # fmt: skip


def _found(request: HttpRequest, matter_id: UUID) -> DeskMatter:
    site_id(request)
    row = seen(badge_of(request), matter_id, timezone.now())
    if row is None:
        raise Http404
    return row
