"""A visit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from yingbin.people.access import needs


@needs("tours.reception")
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A visit."""
    return HttpResponse("")
