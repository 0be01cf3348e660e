"""All addresses of the product: one prefix an app."""

from django.conf import settings
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("", include("yingbin.people.urls")),
    path("customers/", include("yingbin.customers.urls")),
    path("matters/", include("yingbin.matters.urls")),
    path("notices/", include("yingbin.notices.urls")),
    path("manual/", include("yingbin.manual.urls")),
    path("floor/", include("yingbin.floor.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("style/", include("yingbin.web.style.urls"))]

handler400 = "yingbin.web.views.bad_request"
handler403 = "yingbin.web.views.forbidden"
handler404 = "yingbin.web.views.not_found"
handler500 = "yingbin.web.views.broken"
