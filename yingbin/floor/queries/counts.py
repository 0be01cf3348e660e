"""How much waits at the gallery, to be asked inside a larger question."""

from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, QuerySet

from ..models import QueueState


def groups_waiting(site_id: UUID) -> QuerySet[QueueState, Any]:
    """How many groups wait on the open day: one number, or no row before opening."""
    length = Func(F("state__line"), function="jsonb_array_length", output_field=IntegerField())
    here = QueueState.objects.filter(site_id=site_id, day__closed_at__isnull=True)
    return here.annotate(n=length).values("n")
