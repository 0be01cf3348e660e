"""The bell's page, and the manager's page of channels."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.write import new_key
from yingbin.pages.doing import perform, person_id, site_id
from yingbin.pages.onward import is_ours, onward
from yingbin.pages.placed import kept_here
from yingbin.people.access import needs

from . import actions, queries
from .forms import ChannelForm, subjects_of


@needs("notices.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's own notices; those to be acknowledged first."""
    rows = queries.mine(person_id(request), site_id(request))
    fresh = any(row.seen_at is None for row in rows)
    context = {"rows": rows, "fresh": fresh, "key": new_key()}
    return render(request, "notices/index.html", context)


@needs("notices.see")
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Marks all as seen."""
    actions.seen(site_id=site_id(request), by=person_id(request), at=timezone.now())
    return redirect(onward(request, reverse("notices:index")))


@needs("notices.see")
@require_GET
def follow(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Marks one's notice as seen and goes to what it is about."""
    me, site = person_id(request), site_id(request)
    notice = queries.one(me, site, notice_id)
    if notice is None:
        raise Http404
    actions.seen(site_id=site, by=me, at=timezone.now(), ids=[notice.id])
    return redirect(kept_here(notice.link) if is_ours(notice.link) else reverse("notices:index"))


@needs("notices.see")
@require_POST
def acknowledge(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One has taken note."""
    deed = actions.acknowledge.given(notice_id=notice_id)
    return perform(request, deed, then=reverse("notices:index"))


@needs("notices.channels")
@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """The channels of this installation, which of them the site uses, and what didn't arrive."""
    site = site_id(request)
    rows = [(c, subjects_of(c.kinds)) for c in queries.channels_of(site)]
    context = {"rows": rows, "troubled": queries.troubled(site), "key": new_key()}
    return render(request, "notices/channels.html", context)


@needs("notices.channels")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Uses a channel for some subjects, or no longer."""
    form = ChannelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请从列出的渠道和内容里选。")
        return redirect("notices:channels")
    told = form.cleaned_data
    deed = actions.choose_channel.given(
        name=told["name"], use=told["use"] == "yes", kinds=form.kinds()
    )
    return perform(request, deed, then=reverse("notices:channels"))


@needs("notices.channels")
@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """Queues a trial message."""
    name = request.POST.get("name", "")
    if name not in {c.name for c in queries.channels_of(site_id(request))}:
        raise Http404
    said = "试发的消息已排队，一分钟内发出；没有收到的话，这里会写出原因。"
    deed = actions.try_channel.given(name=name)
    return perform(request, deed, then=reverse("notices:channels"), said=said)


@needs("notices.channels")
@require_POST
def again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Sends a message again that was given up."""
    deed = actions.send_again.given(delivery_id=delivery_id)
    return perform(request, deed, then=reverse("notices:channels"))
