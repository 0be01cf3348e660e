"""What lets a phone keep the product on its home screen: the manifest, the service worker, the page without a network."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from yingbin.pages.doors import open_to_all

_ICONS = [
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-512.png", "512x512", "maskable"),
]


@open_to_all
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """The app's name, icons and first page; `/` sends everyone to the page of their role."""
    site = getattr(request, "site", None)
    said = {
        "id": "/",
        "name": f"迎宾 · {site.short_name}" if site else "迎宾",
        "short_name": "迎宾",
        "description": "售楼处轮排接待与来访登记",
        "lang": "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f6f1",
        "theme_color": "#0e6a5c",
        "icons": [
            {"src": static(f"pages/icons/{name}"), "sizes": s, "type": "image/png", "purpose": why}
            for name, s, why in _ICONS
        ],
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@open_to_all
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may answer for every page; always asked for anew."""
    answer = render(request, "web/sw.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@open_to_all
@require_GET
def no_network(request: HttpRequest) -> HttpResponse:
    """The page a device keeps for when nothing can be reached; it knows nobody."""
    return render(request, "web/no_network.html")
