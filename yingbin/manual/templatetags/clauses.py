"""`{% clause "TQ-7" %}`: the small badge that leads from a decision to its clause."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yingbin.manual.clauses import book

register = template.Library()


@register.simple_tag
def clause(clause_id: str | None) -> SafeString | str:
    """A linked badge, the clause's title as tooltip; nothing for none, plain for an unknown id."""
    if not clause_id:
        return ""
    known = book().clauses.get(clause_id)
    if known is None:
        return format_html('<span class="badge clause">{}</span>', clause_id)
    return format_html(
        '<a class="badge bg-primary-lt clause" href="{}" title="{}" aria-label="条款 {} {}">{}</a>',
        reverse("manual:clause", args=[known.id]),
        known.title,
        known.id,
        known.title,
        known.id,
    )
