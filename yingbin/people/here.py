"""Where a request acts: its site, or the company as a whole."""

from django.http import Http404, HttpRequest

from yingbin.journal.action import Acting
from yingbin.pages.doing import acting

from .models import Company, Site


def site_here(request: HttpRequest) -> Site:
    """The current site; 404 for someone who works at none."""
    site = getattr(request, "site", None)
    if not isinstance(site, Site):
        raise Http404
    return site


def company_acting(request: HttpRequest) -> Acting:
    """Who acts on the whole company here and now, in its own journal; 404 before there is one."""
    company_id = Company.objects.values_list("id", flat=True).first()
    if company_id is None:
        raise Http404
    return acting(request, company_id)
