"""渠道报备: agencies and the customers they registered before the visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import shown_as
from yingbin.pages.asked import paged
from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions.agencies import AgencyReceipt, add_agency, register_by_agency
from ..actions.days import values_in_force
from ..forms.calls import AgencyForm, RegistrationForm
from ..queries import calls as queries
from .moved import moved

PAGE = 30
_WORTH = {
    "valid": "报备有效",
    "known": "客户早先已来访或登记，报备无效",
    "taken": "已由别的渠道报备",
}


@needs("channels.keep")
@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies and their registrations; nothing to do while the policy is off."""
    form = RegistrationForm(sent(request), agencies=queries.agencies(site_id(request)))
    return submit(
        request,
        form,
        lambda _: register_by_agency.given(
            agency_id=form.agency_id, name=form.who[0], phone=form.who[1]
        ),
        page=lambda: _page(request, form),
        then="gallery:agencies",
        said=_worth,
    )


def _worth(kept: AgencyReceipt) -> str:
    return f"{_WORTH[kept.standing]}，回执码 {kept.receipt}。"


def _page(
    request: HttpRequest, form: RegistrationForm | None = None, new: AgencyForm | None = None
) -> HttpResponse:
    site = site_id(request)
    values = values_in_force(site)
    page = paged(request.GET, queries.registrations(site), PAGE)
    standing = queries.standing_of(
        page.object_list, timezone.now(), int(values["channel_before_minutes"])
    )
    shown = shown_as(site, {r.customer_id for r in page.object_list})
    form = form or RegistrationForm(agencies=queries.agencies(site))
    context: dict[str, object] = {
        "form": form,
        "new": new or AgencyForm(),
        "on": values["channels"],
        "values": values,
        "page": page,
        "standing": standing,
        "shown": {str(k): v for k, v in shown.items()},
        "may_policy": may(request, "turns.supervise"),
        "query": "",
    }
    return render(request, "gallery/agencies.html", context, status=status(form, new))


@needs("channels.keep")
@require_POST
def new_agency(request: HttpRequest) -> HttpResponse:
    """A new agency in the list."""
    form = AgencyForm(request.POST)
    return submit(
        request,
        form,
        lambda told: add_agency.given(name=told["name"], contact=told["contact"]),
        then="gallery:agencies",
        said="已加入名单。",
        page=lambda: _page(request, new=form),
    )


@needs("channels.keep")
@require_GET
def agencies_before(request: HttpRequest) -> HttpResponse:
    """The address of before."""
    return moved("gallery:agencies")
