"""The journal of a site as lines: a head, the entries, the signed roots, an end; in constant memory."""

import json
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction

from . import keys
from .canonical import GENESIS, stamp
from .models import DayRoot, Entry, Ledger
from .reading import EntryForm, RootForm


def export_lines(site_id: UUID) -> Iterator[str]:
    """The lines of an export, each ending in a newline; one consistent picture of the site."""
    with transaction.atomic():
        ledger = Ledger.objects.filter(site_id=site_id).first()
        size = ledger.seq if ledger else 0
        public = keys.public_bytes(keys.signing_key())
        yield _line({"yingbin_journal": 1, "site": str(site_id), "public_key": public.hex()})
        rows = Entry.objects.filter(site_id=site_id, seq__lte=size).order_by("seq")
        written, head = 0, GENESIS.hex()
        for entry in rows.iterator(chunk_size=2000):
            row = entry_row(entry)
            written, head = written + 1, row["hash"]
            yield _line({"entry": row})
        for root in DayRoot.objects.filter(site_id=site_id, size__lte=size).order_by("size"):
            yield _line({"root": root_row(root)})
        yield _line({"end": {"entries": written, "head": head}})


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def entry_row(entry: Entry) -> EntryForm:
    """One entry as it is exported."""
    return {
        "site": str(entry.site_id),
        "seq": entry.seq,
        "at": stamp(entry.at),
        "kind": entry.kind,
        "actor": entry.actor,
        "clause": entry.clause,
        "body": entry.body,
        "prev": bytes(entry.prev).hex(),
        "hash": bytes(entry.hash).hex(),
        "receipt": entry.receipt,
    }


def root_row(root: DayRoot) -> RootForm:
    """One signed root as it is exported."""
    return {
        "site": str(root.site_id),
        "day": root.day.isoformat(),
        "size": root.size,
        "root": bytes(root.root).hex(),
        "head": bytes(root.head).hex(),
        "signed_at": stamp(root.signed_at),
        "signature": bytes(root.signature).hex(),
        "key_id": root.key_id,
    }
