"""来访登记 on the visitor's own phone: no sign-in, the address alone says which flat (SF-4.3.2)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.customers.queries import wording_in_force
from yingbin.journal.action import Acting
from yingbin.journal.write import new_key, page_key
from yingbin.pages.doing import sent, status, submit
from yingbin.pages.doors import open_to_all
from yingbin.people.lockout import listened_to, of_strangers
from yingbin.people.models import Post
from yingbin.people.signin import client_ip

from ..actions import visits
from ..forms.visits import SelfForm
from ..guest_code import door_of
from ..queries.visits import code_number, post_of

# What one address, and all together, may send within ten minutes; a flat's own network is one address.
FROM_HERE, IN_ALL = 20, 400
VISITOR = "visitor"
TOO_MANY = "刚才登记的人太多了，请稍等几分钟，或直接告诉接待员。"


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, token: str) -> HttpResponse:
    """Name, phone, how many, been to the sales office; consent before anything that names them is kept."""
    door = door_of(token)
    post = post_of(door.post) if door else None
    if door is None or post is None or door.number != code_number(post.site_id, post.id):
        return render(request, "duty/guest_old.html", {"post": post}, status=404)
    form = SelfForm(sent(request), initial={"size": 2, "wording": _wording(post)})
    page = partial(_page, request, form, post)
    if form.is_bound and form.is_valid() and not _is_heard(request):
        form.refuse(TOO_MANY)
        return page()
    key = page_key(request.POST.get("key") or new_key())
    return submit(
        request,
        form,
        lambda _: visits.guests_by_code.given(post=post.id, code=door.number, told=form.told),
        page=page,
        then=reverse("duty:guest_thanks", args=[token]),
        who=Acting(post.site_id, key, VISITOR, timezone.now()),
    )


def _wording(post: Post) -> str:
    return wording_in_force(post.site_id).version


def _is_heard(request: HttpRequest) -> bool:
    return listened_to(
        of_strangers("guest"),
        client_ip(request),
        timezone.now(),
        here=FROM_HERE,
        in_all=IN_ALL,
    )


def _page(request: HttpRequest, form: SelfForm, post: Post) -> HttpResponse:
    shown = {"form": form, "post": post, "wording": wording_in_force(post.site_id)}
    return render(request, "duty/guest.html", shown, status=status(form))


@open_to_all
@never_cache
@require_GET
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Written down; somebody comes."""
    door = door_of(token)
    post = post_of(door.post) if door else None
    if post is None:
        return render(request, "duty/guest_old.html", {"post": None}, status=404)
    return render(request, "duty/guest_thanks.html", {"post": post})
