"""The people of a site: list, add, roles, sign-in, leaving and coming back."""

from collections.abc import Iterable
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import paged
from yingbin.pages.doing import perform, person_id, sent, site_id, status, submit
from yingbin.pages.phones import shown

from .. import actions, queries, roles
from ..access import badge_of, confirmed_lately, needs
from ..actions.authority import why_not_touch
from ..forms.staff import (
    DetailsForm,
    Offered,
    PersonForm,
    ReturnForm,
    RoleForm,
    TransferForm,
    role_choices,
)
from ..here import site_here
from ..lockout import account_locked_until
from ..models import Assignment, Staff
from ..outward import outward


def administrator(request: HttpRequest) -> bool:
    """Whether the signed-in person may give managing roles."""
    return badge_of(request).may("sites.manage")


def _choices(request: HttpRequest) -> Offered:
    """What a form needs to offer roles and departments of the current site."""
    site = site_here(request)
    return Offered(
        choices=role_choices(site, administrator=administrator(request)),
        departments=queries.departments_of(site.id),
    )


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
        "heading": "已离职的同事" if left else "人员",
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
    page = partial(_add_page, request, form=form)
    return submit(
        request,
        form,
        lambda _: actions.add_staff.given(person=actions.Person(**form.person())),
        then=lambda made: reverse("people:slips", args=[made.slips]),
        page=page,
    )


def _add_page(
    request: HttpRequest, *, form: PersonForm | None = None, transfer: TransferForm | None = None
) -> HttpResponse:
    context = {
        "form": form or PersonForm(**_choices(request)),
        "transfer": transfer or TransferForm(**_choices(request)),
        "offers": queries.offers_from(site_id(request), timezone.now()),
    }
    return render(request, "people/staff_add.html", context, status=status(form, transfer))


@needs("staff.manage")
@require_POST
def staff_transfer(request: HttpRequest) -> HttpResponse:
    """A colleague of another site comes to work here too."""
    form = TransferForm(request.POST, **_choices(request))
    page = partial(_add_page, request, transfer=form)
    who = queries.by_account_or_phone(form.cleaned_data["who"]) if form.is_valid() else None
    if form.is_valid() and who is None:
        form.refuse("没有找到这个账号或手机号。请核对，或者作为新同事添加。", "who")
    if who is None:
        return page()
    deed = actions.bring_in.given(
        staff_id=who.id, role=form.cleaned_data["role"], department_id=form.department_id
    )
    sent_to = f"邀请已发给账号 {who.account}。对方在「我的账号」里同意后，角色才生效。"
    return perform(
        request,
        deed,
        then=lambda offer: reverse("people:staff_add") if offer else _person_page(who),
        said=lambda offer: sent_to if offer else f"{who.name}现在也在这里工作。",
        form=form,
        page=page,
    )


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person: how to reach them, their roles, how they sign in."""
    who = _person_or_404(request, staff_id)
    form = DetailsForm(sent(request), initial=_details(who))
    if form.is_valid():
        return _corrected(request, who, form)
    return _shown(request, who, form=form)


def _details(who: Staff) -> dict[str, object]:
    return {"name": who.name, "phone": shown(who.phone or ""), "email": who.email}


@confirmed_lately
def _corrected(request: HttpRequest, who: Staff, form: DetailsForm) -> HttpResponse:
    told = form.cleaned_data
    return perform(
        request,
        actions.change_person.given(
            staff_id=who.id, name=told["name"], phone=told["phone"], email=told["email"]
        ),
        then=_person_page(who),
        said="已更新。",
        form=form,
        page=partial(_shown, request, who, form=form),
    )


def _shown(
    request: HttpRequest,
    who: Staff,
    *,
    form: DetailsForm | None = None,
    role: RoleForm | None = None,
    back: ReturnForm | None = None,
) -> HttpResponse:
    now, here = timezone.now(), site_id(request)
    held = queries.held_by(who, now)
    kept = why_not_touch(person_id(request), here, who.id, now) if who.is_active else None
    offered = _not_held(_choices(request), held, here)
    context = {
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
        "form": form or DetailsForm(initial=_details(who)),
        "role_form": role or (RoleForm(**offered) if offered["choices"] else None),
        "return_form": back or (None if who.is_active else ReturnForm(**offered)),
    }
    return render(request, "people/person.html", context, status=status(form, role, back))


def _not_held(offered: Offered, held: Iterable[Assignment], here: UUID) -> Offered:
    """The roles that the person doesn't hold here yet."""
    known = {a.role for a in held if a.site_id == here}
    choices = [c for c in offered["choices"] if c[0] not in known]
    return Offered(choices=choices, departments=offered["departments"])


def _person_page(who: Staff) -> str:
    return reverse("people:person", args=[who.id])


@needs("staff.manage")
@require_POST
def person_role(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One more role at this site."""
    who = _person_or_404(request, staff_id)
    form = RoleForm(request.POST, **_choices(request))
    page = partial(_shown, request, who, role=form)
    return submit(
        request,
        form,
        lambda told: actions.assign_role.given(
            staff_id=who.id, role=told["role"], department_id=form.department_id
        ),
        then=_person_page(who),
        said=f"已给{who.name}加上角色。",
        page=page,
    )


@needs("staff.manage")
@require_POST
def person_role_end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A role at this site ends."""
    who = _person_or_404(request, staff_id)
    return perform(
        request,
        actions.end_role.given(staff_id=who.id, role=request.POST.get("role", "")),
        then=_person_page(who),
        said=f"{who.name}的这个角色已结束。",
    )


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def person_leave(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Leaving, after a look at what it means."""
    who = _person_or_404(request, staff_id)
    if request.method == "GET":
        held = queries.held_by(who, timezone.now())
        titles = {r.id: r.title for r in roles.ROLES.values()}
        context = {"who": who, "held": held, "titles": titles}
        return render(request, "people/person_leave.html", context)
    return perform(
        request,
        partial(actions.staff_leaves, staff_id=who.id),
        then=_person_page(who),
        said=f"{who.name}已离职，账号已停用。",
    )


@needs("staff.manage")
@require_POST
def person_return(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Someone who left comes back, with a first password on a slip."""
    who = _person_or_404(request, staff_id)
    form = ReturnForm(request.POST, **_choices(request))
    page = partial(_shown, request, who, back=form)
    return submit(
        request,
        form,
        lambda told: actions.staff_returns.given(
            staff_id=who.id, role=told["role"], phone=told["phone"]
        ),
        then=lambda slips: reverse("people:slips", args=[slips]),
        page=page,
    )


@needs("staff.manage")
@confirmed_lately
@require_POST
def person_reset_password(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A first password anew, on a slip."""
    who = _person_or_404(request, staff_id)
    return perform(
        request,
        actions.reset_password.given(staff_id=who.id),
        then=lambda slips: reverse("people:slips", args=[slips]),
        refused=_person_page(who),
    )


@needs("staff.manage")
@require_POST
def person_unlock(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Lifts the lock after too many wrong passwords."""
    who = _person_or_404(request, staff_id)
    return perform(
        request,
        actions.unlock.given(staff_id=who.id),
        then=_person_page(who),
        said=f"已解锁，{who.name}现在可以再试。",
    )


@needs("staff.manage")
@confirmed_lately
@require_POST
def person_reset_second_factor(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Takes a lost phone's code off."""
    who = _person_or_404(request, staff_id)
    return perform(
        request,
        actions.reset_second_factor.given(staff_id=who.id),
        then=_person_page(who),
        said=f"{who.name}的动态验证码已关闭，下次登录后重新设置。",
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
