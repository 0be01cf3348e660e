"""All addresses of the product: one prefix an app."""

from django.conf import settings
from django.urls import include, path

from yingbin.pages import bundles
from yingbin.pages.wing import all_wings

from . import frame, install, integrations, views
from .api import addresses, docs

urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", frame.inbox, name="inbox"),
    path("find/", frame.find, name="find"),
    path("find/piece/", frame.find_piece, name="find_piece"),
    path("arrive/", frame.arrive, name="arrive"),
    path("now/", frame.now, name="now"),
    path("healthz", views.health, name="health"),
    path("static/house/<slug:mark>/<str:name>", bundles.serve, name="bundle"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("sw.js", install.service_worker, name="service_worker"),
    path("no-network/", install.no_network, name="no_network"),
    # The wings first, so that the desk's address is found without looking through all others.
    *(path(wing.prefix or "", include(wing.urls)) for wing in all_wings() if wing.urls),
    path("api/v1/docs", docs, name="api_docs"),
    path("api/v1/", include((addresses(), "api"))),
    path("integrations/", integrations.integrations, name="integrations"),
    path("integrations/token/", integrations.new_token, name="new_token"),
    path("integrations/token/<uuid:token_id>/revoke/", integrations.revoke, name="revoke_token"),
    path("integrations/hook/", integrations.new_hook, name="new_hook"),
    path("integrations/hook/<uuid:hook_id>/end/", integrations.end_hook, name="end_hook"),
]
if settings.DEBUG:
    urlpatterns += [path("style/", include("yingbin.web.style.urls"))]

handler400 = "yingbin.web.views.bad_request"
handler403 = "yingbin.web.views.forbidden"
handler404 = "yingbin.web.views.not_found"
handler500 = "yingbin.web.views.broken"
