"""One's own account: site, password, PIN, second factor, where one is signed in."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.doing import REFUSED, acting, perform, sent, status, tried
from yingbin.pages.onward import onward
from yingbin.pages.placed import of_the_house

from .. import actions, queries
from ..access import (
    SIGNED_IN_BY,
    badge_of,
    by_password,
    confirmed_lately,
    signed_in,
    with_first_password,
)
from ..forms.signin import (
    ChangePasswordForm,
    FirstPasswordForm,
    PasswordForm,
    PinForm,
    SetUpCodeForm,
    TakeOffForm,
)
from ..here import company_acting
from ..lockout import locked_until
from ..models import Staff
from ..signin import confirmed, named, renew
from .signin import WRONG_CODE, about_the_clock, code_fits, locked_out
from .tablet_cookie import tablet_of

_SECRET = "totp_secret"
_CODES_UNTIL = "recovery_codes_until"
_SHOWN_FOR = 600  # seconds
WRONG = "当前密码不对。"


def _me(request: HttpRequest) -> Staff:
    assert isinstance(request.user, Staff)
    return request.user


@signed_in
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and all that I can set for myself."""
    by_pin = request.session.get(SIGNED_IN_BY) == "pin"
    context = {
        "me": _me(request),
        "badge": badge_of(request),
        "sites": getattr(request, "sites", []),
        "totp": queries.has_totp(_me(request)),
        "by_pin": by_pin,
        "tablet": tablet_of(request),
        "company": queries.company(),
        "offers": [] if by_pin else queries.offers_to(_me(request).id, timezone.now()),
    }
    return render(request, "people/me.html", context)


@by_password
@require_POST
def answer_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """My own answer to the offer of another site."""
    accepts = request.POST.get("answer") == "yes"
    there = queries.site_of_offer(offer_id, _me(request).id)
    return perform(
        request,
        actions.answer_offer.given(offer_id=offer_id, accepts=accepts),
        then=reverse("people:me"),
        said="已同意，您现在也在那里任职。" if accepts else "已回绝，什么都没有变。",
        who=acting(request, there) if there else company_acting(request),
    )


@signed_in
@require_POST
def choose_site(request: HttpRequest) -> HttpResponse:
    """Goes on at another site, one where the person works."""
    wanted = request.POST.get("site", "")
    site = next((s for s in getattr(request, "sites", []) if str(s.id) == wanted), None)
    if site is None:
        raise Http404
    request.session["site_id"] = str(site.id)
    messages.success(request, f"已切换到{site.name}。")
    return redirect(of_the_house("home"))


@with_first_password
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; the first one, just used to come in, isn't asked again."""
    if request.session.get(SIGNED_IN_BY) == "pin":
        return _not_by_pin(request)
    first = _me(request).must_change_password
    form = (FirstPasswordForm if first else ChangePasswordForm)(sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if first or confirmed(request, told["present"]):
            return _set_password(request, form)
        form.refuse(WRONG, "present")
    context = {"form": form, "first": first}
    return render(request, "people/change_password.html", context, status=status(form))


def _not_by_pin(request: HttpRequest) -> HttpResponse:
    messages.error(request, "用 PIN 换人进来的，不能改密码。请退出后用密码登录。")
    return redirect("people:me")


def _set_password(
    request: HttpRequest, form: FirstPasswordForm | ChangePasswordForm
) -> HttpResponse:
    changed = partial(
        actions.change_password,
        staff_id=_me(request).id,
        password=form.cleaned_data["new"],
        at=timezone.now(),
        session=request.session.session_key,
    )
    staff = tried(form, changed)
    if staff is None:
        context = {"form": form, "first": _me(request).must_change_password}
        return render(request, "people/change_password.html", context, status=REFUSED)
    renew(request, staff)
    messages.success(request, "密码已更换，别处的登录都已退出。")
    return redirect("home")


@by_password
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """My PIN for shared tablets."""
    form = PinForm(sent(request))
    if form.is_valid() and not confirmed(request, form.cleaned_data["password"]):
        form.refuse(WRONG, "password")
    if form.is_valid():
        pin = form.cleaned_data["pin"]
        tried(form, partial(actions.set_pin, staff_id=_me(request).id, pin=pin, at=timezone.now()))
    if form.is_valid():
        messages.success(request, "PIN 已设好，可以在共用平板上换人了。")
        return redirect("people:me")
    context = {"form": form, "totp": queries.has_totp(_me(request))}
    return render(request, "people/set_pin.html", context, status=status(form))


@by_password
@confirmed_lately
@never_cache
@require_http_methods(["GET", "POST"])
def totp(request: HttpRequest) -> HttpResponse:
    """Ties a phone's code app to the account; the secret is the session's until a code fits."""
    staff = _me(request)
    if queries.has_totp(staff):
        return render(request, "people/totp_on.html", {"form": TakeOffForm()})
    secret = request.session.setdefault(_SECRET, generate_totp_secret())
    form = SetUpCodeForm(sent(request))
    if form.is_valid():
        tie = partial(
            actions.set_up_second_factor,
            staff_id=staff.id,
            secret=secret,
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
        if tried(form, tie) is not None:
            return _tied(request, staff)
        if "code" in form.errors:
            form.refuse(about_the_clock(request) or "再等下一个数字试一次。", "code")
    context = {
        "form": form,
        "qr": _qr(get_adapter().build_totp_url(staff, secret)),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "next": onward(request, ""),
        "demanded": badge_of(request).why_withheld == "second_factor",
    }
    return render(request, "people/totp.html", context, status=status(form))


def _tied(request: HttpRequest, staff: Staff) -> HttpResponse:
    request.session.pop(_SECRET, None)
    request.session[SIGNED_IN_BY] = "second_factor"
    # Whoever came in elsewhere without a code comes in again, with one.
    actions.end_sessions(staff.id, but=request.session.session_key)
    return _show_codes(request)


def _qr(text: str) -> SafeString:
    """The QR code as an inline picture without any style, as the page's policy asks."""
    picture = segno.make(text, error="m").svg_inline(
        scale=5, border=3, light="#fff", dark="#000", svgclass="qr", lineclass=None
    )
    return mark_safe(picture)


def _show_codes(request: HttpRequest) -> HttpResponse:
    request.session[_CODES_UNTIL] = timezone.now().timestamp() + _SHOWN_FOR
    target = urlencode({"next": onward(request, reverse("people:me"))})
    return redirect(f"{reverse('people:recovery_codes')}?{target}")


@by_password
@never_cache
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, for a while after they were made or the password was given again."""
    staff = _me(request)
    if not queries.has_totp(staff):
        return redirect("people:totp")
    form = PasswordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if confirmed(request, form.cleaned_data["password"]):
            actions.new_recovery_codes(staff_id=staff.id)
            return _show_codes(request)
        form.refuse(WRONG, "password")
    shown = request.session.get(_CODES_UNTIL, 0) > timezone.now().timestamp()
    context = {
        "form": form,
        "codes": _codes(staff) if shown else [],
        "next": onward(request, reverse("people:me")),
    }
    return render(request, "people/recovery_codes.html", context, status=status(form))


def _codes(staff: Staff) -> list[str]:
    row = Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(row.wrap().get_unused_codes()) if row else []


@by_password
@require_POST
def totp_remove(request: HttpRequest) -> HttpResponse:
    """Takes the phone's code off the account, with the password and a code again."""
    form, staff = TakeOffForm(request.POST), _me(request)
    if locked_until(named(request, {"username": staff.account}), timezone.now()):
        return locked_out(request, None, {"username": staff.account})
    if form.is_valid() and not confirmed(request, form.cleaned_data["password"]):
        form.refuse(WRONG, "password")
    elif form.is_valid() and not code_fits(request, staff, form.cleaned_data["code"]):
        form.refuse(WRONG_CODE + about_the_clock(request), "code")
    if form.is_valid():
        actions.remove_second_factor(staff_id=staff.id)
        request.session[SIGNED_IN_BY] = "password"
        messages.success(request, "动态验证码已关闭。")
        return redirect("people:me")
    return render(request, "people/totp_on.html", {"form": form}, status=REFUSED)


@signed_in
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    found = queries.sessions_of(_me(request).id, request.session.session_key, timezone.now())
    return render(request, "people/sessions.html", {"sessions": found})


@by_password
@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """Signs one of them out."""
    if not actions.end_session(staff_id=_me(request).id, session_id=session_id):
        messages.error(request, "这一处已经退出了。")
    else:
        messages.success(request, "已让那一处退出。")
    return redirect("people:sessions")


@by_password
@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    count = actions.end_sessions(_me(request).id, but=request.session.session_key)
    messages.success(request, f"已让别处的 {count} 个登录退出。" if count else "别处没有登录。")
    return redirect("people:sessions")
