"""接口: keys for devices and integrations, and addresses that are sent what happens."""

from datetime import datetime, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.write import KeyReused, new_key
from yingbin.notices.hooks import KINDS, add_hook, address, secret_of
from yingbin.notices.hooks import end_hook as end_hook_action
from yingbin.notices.models import Webhook
from yingbin.pages.doing import acting, perform, site_id
from yingbin.people.access import confirmed_lately, needs
from yingbin.people.actions.tokens import make_token, revoke_token
from yingbin.people.queries import people_of, tokens_of
from yingbin.people.scopes import SCOPES
from yingbin.rules.decision import Refused


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    site = site_id(request)
    context = {
        "tokens": tokens_of(site),
        "hooks": Webhook.objects.filter(site_id=site).order_by("ended_at", "-made_at"),
        "scopes": [(scope, words) for scope, (_, words) in SCOPES.items()],
        "kinds": list(KINDS.items()),
        "words": KINDS,
        "people": people_of(site, timezone.now()),
        "typed": request.POST,
        "ticked": request.POST.getlist("scopes") + request.POST.getlist("kinds"),
        "key": request.POST.get("key") or new_key(),
        **more,
    }
    return render(request, "web/integrations.html", context, status=status)


@needs("tokens.manage")
@require_GET
def integrations(request: HttpRequest) -> HttpResponse:
    """Tokens and webhooks of this site."""
    return _page(request)


def _until(text: str) -> datetime | None:
    day = parse_date(text) if text else None
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time(23, 59), tzinfo=zone) if day else None


@needs("tokens.manage")
@confirmed_lately
@require_POST
def new_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows its secret this once."""
    try:
        acts_as = UUID(request.POST.get("acts_as", ""))
        made = make_token(
            acting(request),
            name=request.POST.get("name", ""),
            kind=request.POST.get("kind", ""),
            scopes=request.POST.getlist("scopes"),
            acts_as=acts_as,
            expires_at=_until(request.POST.get("until", "")),
        )
    except ValueError:
        return _page(request, 422, refused="请选以谁的名义，并把日期写完整。")
    except (Refused, KeyReused) as no:
        return _page(request, 422, refused=no.message)
    return _page(request, secret=made.secret, key=new_key())


@needs("tokens.manage")
@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Takes a token out of use."""
    return perform(
        request,
        revoke_token.given(token_id=token_id),
        then=reverse("integrations"),
        said="密钥已停用，立即生效。",
    )


@needs("tokens.manage")
@require_POST
def new_hook(request: HttpRequest) -> HttpResponse:
    """Adds an address and shows its secret this once."""
    url, kinds = request.POST.get("url", "").strip(), request.POST.getlist("kinds")
    try:
        hook = add_hook(acting(request), to=address(url), kinds=kinds)
    except (Refused, KeyReused) as no:
        return _page(request, 422, refused=no.message)
    return _page(request, hook_secret=secret_of(hook), key=new_key())


@needs("tokens.manage")
@require_POST
def end_hook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Sends nothing there any more."""
    return perform(request, end_hook_action.given(hook_id=hook_id), then=reverse("integrations"))
