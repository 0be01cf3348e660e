"""门岗设置: the gates, the key that signs passes (CV-4.1)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import confirmed_lately, needs

from .. import keyring
from ..actions import gates
from ..actions.passes import rotate_key
from ..forms.gate import GateForm
from ..queries.gate_pages import areas_said
from ..queries.gates import devices_open


@needs("tours.settle")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The gates there are; a post sets up another."""
    form, site = GateForm(sent(request)), site_id(request)

    def page() -> HttpResponse:
        shown = [(one, areas_said(one.gate.areas)) for one in devices_open(site)]
        keys = {name: key.hex() for name, key in keyring.public_keys(site, timezone.now()).items()}
        context = {"form": form, "devices": shown, "keys": keys}
        return render(request, "tours/gate_settings.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda told: gates.add_gate.given(
            name=told["name"], areas=tuple(told["areas"]), on_site=told["on_site"]
        ),
        page=page,
        then=reverse("tours:gates_settings"),
        said="门岗设好了。",
    )


@needs("tours.settle")
@require_POST
def close(request: HttpRequest, gate_id: UUID) -> HttpResponse:
    """A gate is used no more."""
    then = reverse("tours:gates_settings")
    return perform(request, gates.close_gate.given(gate_id=gate_id), then=then, said="门岗停用了。")


@needs("tours.settle")
@confirmed_lately
@require_POST
def rotate(request: HttpRequest) -> HttpResponse:
    """Another key signs passes from now on."""
    return perform(
        request,
        rotate_key.given(),
        then=reverse("tours:gates_settings"),
        said="换了签发密钥。手机上的证自己换新，已经印出的证到期前照样有效。",
    )
