"""How a write happens: one transaction, one site, its lock first, the key looked up, then facts and journal.

The key, the effect and the stored response commit together: the same key again gives the same response.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from psycopg.types.json import Jsonb

from .canonical import GENESIS, canonical, content, link, receipt


class NotSaved(Exception):
    """The database is gone or the outcome is unknown: not saved, try again with the same key."""

    message = "没有保存成功，请再试一次。"


class KeyReused(Exception):
    """The same key came with something else to do."""

    message = "这个页面已经提交过别的内容了。请刷新后重新填写再提交。"


@dataclass(frozen=True)
class Line:
    """Where an entry stands in the journal: its number and its receipt code."""

    seq: int
    receipt: str


@dataclass
class Pen:
    """Writes the journal inside one write: who, when, at which site."""

    site_id: UUID
    by: str
    at: datetime
    seq: int
    head: bytes
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def append(self, kind: str, body: Mapping[str, Any], *, clause: str | None = None) -> Line:
        """Appends an entry; `body` holds ids, numbers and commitments, never personal data."""
        seq = self.seq + 1
        entry = content(
            site_id=self.site_id,
            seq=seq,
            at=self.at,
            kind=kind,
            actor=self.by,
            clause=clause,
            body=body,
        )
        hash_ = link(self.head, entry)
        code = receipt(hash_)
        row = (
            self.site_id,
            seq,
            self.at,
            kind,
            self.by,
            clause,
            Jsonb(body),
            self.head,
            hash_,
            code,
        )
        self.rows.append(row)
        self.seq, self.head = seq, hash_
        return Line(seq, code)


@dataclass(frozen=True)
class Written:
    """What a write was answered with; `replayed` when its key had been written before."""

    response: dict[str, Any]
    replayed: bool


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return secrets.token_urlsafe(16)


def write(
    *,
    site_id: UUID,
    key: str,
    verb: str,
    by: str,
    at: datetime,
    payload: Mapping[str, Any],
    work: Callable[[Pen], dict[str, Any]],
) -> Written:
    """Does `work` once for this key, under the site's lock.

    Raises what `work` raises (then nothing is stored), `KeyReused`, or `NotSaved`.
    """
    mark = _fingerprint(verb, payload)
    try:
        with transaction.atomic(durable=True):
            seq, head = lock_site(site_id)
            stored = _stored(site_id, key)
            if stored is not None:
                return _replay(stored, mark)
            pen = Pen(site_id, by, at, seq, head)
            response = work(pen)
            _flush(pen, key, verb, mark, response)
            return Written(response, replayed=False)
    except (OperationalError, InterfaceError) as error:
        raise NotSaved(NotSaved.message) from error


def lock_site(site_id: UUID) -> tuple[int, bytes]:
    """Takes the site's lock (its ledger row) and returns the number and hash of its last entry."""
    with connection.cursor() as cursor:
        ask = "select seq, head from journal_ledger where site_id = %s for update"
        cursor.execute(ask, [site_id])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "insert into journal_ledger (site_id, seq, head) values (%s, 0, %s)"
                " on conflict do nothing",
                [site_id, GENESIS],
            )
            cursor.execute(ask, [site_id])
            row = cursor.fetchone()
    return row[0], bytes(row[1])


def _fingerprint(verb: str, payload: Mapping[str, Any]) -> bytes:
    """Tells payloads apart without letting anyone guess what was in them: keyed by our secret."""
    words = canonical([verb, _plain(payload)])
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _stored(site_id: UUID, key: str) -> tuple[bytes, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select fingerprint, response::text from journal_storedresponse"
            " where site_id = %s and key = %s",
            [site_id, key],
        )
        row = cursor.fetchone()
    return (bytes(row[0]), row[1]) if row else None


def _replay(stored: tuple[bytes, Any], mark: bytes) -> Written:
    if stored[0] != mark:
        raise KeyReused(KeyReused.message)
    return Written(json.loads(stored[1]), replayed=True)


_FLUSH = """
with e as (
  insert into journal_entry
    (site_id, seq, at, kind, actor, clause, body, prev, hash, receipt) values {rows}
), l as (
  update journal_ledger set seq = %s, head = %s where site_id = %s
)
insert into journal_storedresponse (site_id, key, verb, fingerprint, response, seq, at)
values (%s, %s, %s, %s, %s, %s, %s)
"""
_FLUSH_NOTHING = _FLUSH[_FLUSH.index("insert into journal_storedresponse") :]
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _flush(pen: Pen, key: str, verb: str, mark: bytes, response: dict[str, Any]) -> None:
    """Entries, the ledger's head and the stored response in one statement."""
    tail: list[Any] = [pen.site_id, key, verb, mark, Jsonb(response), pen.seq, pen.at]
    with connection.cursor() as cursor:
        if not pen.rows:
            cursor.execute(_FLUSH_NOTHING, tail)
            return
        values = [v for row in pen.rows for v in row]
        head: list[Any] = [pen.seq, pen.head, pen.site_id]
        rows = ", ".join([_ROW] * len(pen.rows))
        cursor.execute(_FLUSH.format(rows=rows), [*values, *head, *tail])


def forget_old_responses(before: datetime) -> int:
    """Removes stored responses older than a moment; their keys could then be used anew."""
    with connection.cursor() as cursor:
        cursor.execute("delete from journal_storedresponse where at < %s", [before])
        return int(cursor.rowcount)
