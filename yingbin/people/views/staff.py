"""The people of a site: list, add, roles, sign-in, leaving and coming back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, new_key
from yingbin.pages.phones import shown
from yingbin.rules.decision import Refused

from .. import actions, queries, roles
from ..access import badge_of, confirmed_lately, needs
from ..acting import acting, person_id, site_here, site_id
from ..actions.authority import why_not_touch
from ..forms.staff import (
    DetailsForm,
    PersonForm,
    ReturnForm,
    RoleForm,
    TransferForm,
    role_choices,
)
from ..lockout import account_locked_until
from ..models import Staff
from .doing import outward, paged, pressed, sent, status, tried


def administrator(request: HttpRequest) -> bool:
    """Whether the signed-in person may give managing roles."""
    return badge_of(request).may("sites.manage")


def _choices(request: HttpRequest) -> dict[str, Any]:
    """What a form needs to offer roles and departments of the current site."""
    site = site_here(request)
    return {
        "choices": role_choices(site, administrator=administrator(request)),
        "departments": queries.departments_of(site.id),
    }


def _person_or_404(request: HttpRequest, staff_id: UUID) -> Staff:
    """Someone of the current site (the administrator: anyone); others don't exist."""
    staff = queries.person_at(site_id(request), staff_id)
    if staff is None:
        raise Http404
    return staff


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Who works here, by name, pinyin, account, phone and role: asked by a post, so that no address holds it."""
    asked = request.POST if request.method == "POST" else request.GET
    site, text = site_here(request), request.POST.get("q", "")[:40]
    role, left = asked.get("role", ""), asked.get("left") == "1"
    found = (
        queries.people_who_left(site.id, text)
        if left
        else queries.people_of(site.id, timezone.now(), text, role)
    )
    kept = {k: v for k, v in (("role", role), ("left", "1" if left else "")) if v}
    context = {
        "page": paged(asked, found),
        "posted": [("q", text), *kept.items()] if text else [],
        "query": f"{urlencode(kept)}&" if kept else "",
        "text": text,
        "role": role,
        "left": left,
        "choices": role_choices(site, administrator=True),
        "titles": {r.id: r.title for r in roles.ROLES.values()},
        "tries": queries.PIN_TRIES,
    }
    return render(request, "people/staff.html", context)


@needs("staff.manage")
@never_cache
@require_http_methods(["GET", "POST"])
def staff_add(request: HttpRequest) -> HttpResponse:
    """One new colleague."""
    form = PersonForm(sent(request), **_choices(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        person = actions.Person(
            name=told["name"],
            roles=tuple(told["roles"]),
            phone=told["phone"],
            account=told["account"],
            department_id=form.department_id,
        )
        done = tried(form, actions.add_staff, **acting(request), person=person)
        if done is not None:
            return redirect("people:slips", done["slips"])
    return _add_page(request, form, TransferForm(**_choices(request)))


def _add_page(request: HttpRequest, form: PersonForm, transfer: TransferForm) -> HttpResponse:
    bound = form if form.is_bound else transfer
    offers = queries.offers_from(site_id(request), timezone.now())
    context = {"form": form, "transfer": transfer, "offers": offers}
    return render(request, "people/staff_add.html", context, status=status(bound))


@needs("staff.manage")
@require_POST
def staff_transfer(request: HttpRequest) -> HttpResponse:
    """A colleague of another site comes to work here too."""
    form = TransferForm(request.POST, **_choices(request))
    if form.is_valid():
        who = queries.by_account_or_phone(form.cleaned_data["who"])
        if who is None:
            form.add_error("who", "没有找到这个账号或手机号。请核对，或者作为新同事添加。")
        else:
            done = tried(
                form,
                actions.bring_in,
                **acting(request),
                staff_id=who.id,
                role=form.cleaned_data["role"],
                department_id=form.department_id,
            )
            if done is not None:
                return _brought_in(request, who, offered=bool(done["offer"]))
    return _add_page(request, PersonForm(**_choices(request)), form)


def _brought_in(request: HttpRequest, who: Staff, *, offered: bool) -> HttpResponse:
    if offered:
        said = f"邀请已发给账号 {who.account}。对方在「我的账号」里同意后，角色才生效。"
        messages.success(request, said)
        return redirect("people:staff_add")
    messages.success(request, f"{who.name}现在也在这里工作。")
    return redirect("people:person", who.id)


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person: how to reach them, their roles, how they sign in."""
    who = _person_or_404(request, staff_id)
    known = {"name": who.name, "phone": shown(who.phone or ""), "email": who.email}
    form = DetailsForm(sent(request), initial=known)
    if request.method == "POST" and form.is_valid():
        return _corrected(request, who, form)
    return _shown(request, who, form)


@confirmed_lately
def _corrected(request: HttpRequest, who: Staff, form: DetailsForm) -> HttpResponse:
    told = {k: form.cleaned_data[k] for k in ("name", "phone", "email")}
    done = tried(form, actions.change_person, **acting(request), staff_id=who.id, **told)
    if done is None:
        return _shown(request, who, form)
    messages.success(request, "已更新。")
    return redirect("people:person", who.id)


def _shown(request: HttpRequest, who: Staff, form: DetailsForm) -> HttpResponse:
    context = _about(request, who) | {"form": form}
    return render(request, "people/person.html", context, status=status(form))


def _about(request: HttpRequest, who: Staff) -> dict[str, Any]:
    now, here = timezone.now(), site_id(request)
    held = queries.held_by(who, now)
    kept = why_not_touch(person_id(request), here, who.id, now) if who.is_active else None
    choices = [c for c in _choices(request)["choices"] if c[0] not in _held_here(held, here)]
    departments = queries.departments_of(here)
    return {
        "who": who,
        "held": held,
        "here": here,
        "titles": {r.id: r.title for r in roles.ROLES.values()},
        "managing": roles.MANAGING | roles.COMPANY_ROLES,
        "administrator": administrator(request),
        "touchable": kept is None,
        "kept": kept.message if kept else "",
        "myself": who.id == request.user.pk,
        "totp": queries.has_totp(who),
        "locked": account_locked_until(who.account, now),
        "tries": queries.PIN_TRIES,
        "role_form": RoleForm(choices=choices, departments=departments) if choices else None,
        "return_form": ReturnForm(choices=choices, departments=[]) if not who.is_active else None,
        "key": new_key(),
    }


def _held_here(held: list[Any], here: UUID) -> set[str]:
    return {a.role for a in held if a.site_id == here}


def _person_page(who: Staff) -> str:
    return reverse("people:person", args=[who.id])


@needs("staff.manage")
@require_POST
def person_role(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One more role at this site."""
    who = _person_or_404(request, staff_id)
    form = RoleForm(request.POST, **_choices(request))
    if not form.is_valid():
        messages.error(request, "请选择要加的角色。")
        return redirect(_person_page(who))
    return pressed(
        request,
        actions.assign_role,
        then=_person_page(who),
        said=f"已给{who.name}加上角色。",
        **acting(request),
        staff_id=who.id,
        role=form.cleaned_data["role"],
        department_id=form.department_id,
    )


@needs("staff.manage")
@require_POST
def person_role_end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A role at this site ends."""
    who = _person_or_404(request, staff_id)
    return pressed(
        request,
        actions.end_role,
        then=_person_page(who),
        said=f"{who.name}的这个角色已结束。",
        **acting(request),
        staff_id=who.id,
        role=request.POST.get("role", ""),
    )


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def person_leave(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Leaving, after a look at what it means."""
    who = _person_or_404(request, staff_id)
    if request.method == "GET":
        held = queries.held_by(who, timezone.now())
        titles = {r.id: r.title for r in roles.ROLES.values()}
        context = {"who": who, "held": held, "titles": titles, "key": new_key()}
        return render(request, "people/person_leave.html", context)
    return pressed(
        request,
        actions.staff_leaves,
        then=_person_page(who),
        said=f"{who.name}已离职，账号已停用。",
        **acting(request),
        staff_id=who.id,
    )


@needs("staff.manage")
@require_POST
def person_return(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Someone who left comes back, with a first password on a slip."""
    who = _person_or_404(request, staff_id)
    form = ReturnForm(request.POST, **(_choices(request) | {"departments": []}))
    if form.is_valid():
        told = {"role": form.cleaned_data["role"], "phone": form.cleaned_data["phone"]}
        done = tried(form, actions.staff_returns, **acting(request), staff_id=who.id, **told)
        if done is not None:
            return redirect("people:slips", done["slips"])
    context = _about(request, who) | {"form": DetailsForm(), "return_form": form}
    return render(request, "people/person.html", context, status=422)


@needs("staff.manage")
@confirmed_lately
@require_POST
def person_reset_password(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A first password anew, on a slip."""
    who = _person_or_404(request, staff_id)
    try:
        done = actions.reset_password(**acting(request), staff_id=who.id)
    except (Refused, KeyReused) as no:
        messages.error(request, no.message)
        return redirect(_person_page(who))
    return redirect("people:slips", done["slips"])


@needs("staff.manage")
@require_POST
def person_unlock(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Lifts the lock after too many wrong passwords."""
    who = _person_or_404(request, staff_id)
    return pressed(
        request,
        actions.unlock,
        then=_person_page(who),
        said=f"已解锁，{who.name}现在可以再试。",
        **acting(request),
        staff_id=who.id,
    )


@needs("staff.manage")
@confirmed_lately
@require_POST
def person_reset_second_factor(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Takes a lost phone's code off."""
    who = _person_or_404(request, staff_id)
    return pressed(
        request,
        actions.reset_second_factor,
        then=_person_page(who),
        said=f"{who.name}的动态验证码已关闭，下次登录后重新设置。",
        **acting(request),
        staff_id=who.id,
    )


@needs("staff.manage")
@never_cache
@require_GET
def slips(request: HttpRequest, slips_id: UUID) -> HttpResponse:
    """First passwords to hand over: for the one who made them, for half an hour."""
    found = queries.slips(slips_id, person_id(request), timezone.now())
    if found is None:
        return render(request, "people/slips_gone.html", status=410)
    people = [(p, actions.first_password(found.id, p.id)) for p in queries.people_on_slips(found)]
    context = {
        "slips": found,
        "people": people,
        "address": outward(request),
        "setting_up": not queries.is_set_up(),
    }
    return render(request, "people/slips.html", context)


@needs("staff.manage")
@require_POST
def slips_put_away(request: HttpRequest, slips_id: UUID) -> HttpResponse:
    """Handed over: they aren't shown again."""
    actions.put_away(slips_id=slips_id, by=person_id(request), at=timezone.now())
    messages.success(request, "密码条已收起，不会再显示。")
    return redirect("people:staff" if queries.is_set_up() else "people:setup_people")
