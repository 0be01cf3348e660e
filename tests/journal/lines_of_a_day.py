"""What tests of signed lines ask of a site: how long it is, and that it grows."""

from typing import Any

from tests.gallery.conftest import Gallery
from yingbin.journal.models import Checkpoint, Ledger


def sizes(site: Any) -> list[int]:
    return list(
        Checkpoint.objects.filter(site_id=site).order_by("size").values_list("size", flat=True)
    )


def seq(hall: Gallery) -> int:
    return Ledger.objects.get(site_id=hall.site).seq


def busy(hall: Gallery, entries: int) -> None:
    """Groups come in until so many entries were written."""
    until = seq(hall) + entries
    while seq(hall) < until:
        hall.arrive()
