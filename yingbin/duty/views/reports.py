"""《物品损坏报告单》: downloaded, mailed, sent again; to whom it went stands on its page (SF-4.3.4)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.matters import queries as matters
from yingbin.notices import channels
from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import badge_of, needs

from ..actions.reports import NO_MAIL, send_report
from ..forms.reports import SendReportForm
from ..queries.reports import sendings, usual_address


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def sending(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """To whom the report went, and sending it, also for another time; for whoever may see the damage."""
    damage = matters.matter(badge_of(request), matter_id)
    if damage is None or damage.kind != "damage":
        raise Http404
    mails = bool(channels.mailing())
    known = usual_address(site_id(request), timezone.now()) if mails else ""
    form = SendReportForm(sent(request), initial={"to_whom": known})
    way = request.POST.get("way", "")

    def page() -> HttpResponse:
        shown = {
            "damage": damage,
            "form": form,
            "sendings": sendings(matter_id),
            "mails": mails,
            "no_mail": NO_MAIL,
        }
        return render(request, "duty/sending.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: send_report.given(matter=matter_id, way=way, to_whom=told["to_whom"]),
        page=page,
        then=reverse("duty:sending", args=[matter_id]),
        said="正在发送，发出后这里写明。" if way == "mail" else "已记下。",
    )
