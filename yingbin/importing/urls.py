"""The pages of a kind of import, to stand among its app's addresses."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.people.access import needs

from . import views
from .declared import AnyImporter

Page = Callable[..., HttpResponse]


def addresses(importer: AnyImporter, under: str) -> list[URLPattern]:
    """The pages below `under`, named `imports`, `import`, `import_columns` and so on, for the importer's namespace."""

    def page(view: Page, method: Callable[[Page], Page]) -> Page:
        @wraps(view)
        def bound(request: HttpRequest, **named: object) -> HttpResponse:
            return view(request, importer, **named)

        return needs(importer.permission)(never_cache(method(bound)))

    posted = {
        "begin": views.begin,
        "people": views.assign,
        "drop": views.drop,
        "undo": views.undo,
        "report": views.report,
    }
    both = require_http_methods(["GET", "POST"])
    one = f"{under}<uuid:run_id>/"
    blank = [path(f"{under}template.xlsx", page(views.blank, require_GET), name="import_blank")]
    return [
        *(blank if importer.words.blank else []),
        path(under, page(views.runs, both), name="imports"),
        path(one, page(views.one, require_GET), name="import"),
        path(f"{one}columns/", page(views.columns, both), name="import_columns"),
        *(
            path(f"{one}{verb}/", page(view, require_POST), name=f"import_{verb}")
            for verb, view in posted.items()
        ),
    ]
