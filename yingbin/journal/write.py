"""How a write happens: one transaction, one site, its lock first, the key looked up, then facts and journal.

The key, the effect and the stored response commit together: the same key again gives the same response.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Model
from psycopg.types.json import Jsonb

from .canonical import GENESIS, MOST, canonical, content, link, receipt
from .trips import Row, Rows, Statement, finish, insert, kept, send

LONGEST_KEY = 80  # characters


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
    """Writes the journal inside one write: who, when, at which site.

    typed_at: when it was typed, where it had to wait for a line and arrives later; what a device says, so nothing
    is decided by it.
    """

    site_id: UUID
    by: str
    at: datetime
    seq: int
    head: bytes
    rows: list[Row] = field(default_factory=list)
    answers: dict[Statement, Rows] = field(default_factory=dict)
    held: list[Statement] | None = None
    typed_at: datetime | None = None

    def ask(self, question: Statement) -> Rows:
        """Reads rows: what was asked together with the lock is here already, once."""
        known = self.answers.pop(question, None)
        return send([question])[0] if known is None else known

    def foresee(self, *questions: Statement) -> None:
        """What will be asked soon, in one trip; each answer is there for the next `ask`."""
        missing = [one for one in dict.fromkeys(questions) if one not in self.answers]
        self.answers |= zip(missing, send(missing), strict=True)

    def do(self, *statements: Statement) -> None:
        """Writes rows now; where the pen is held, with the write's last trip, in the same order."""
        if self.held is None:
            send(statements)
        else:
            self.held.extend(statements)

    def add(self, *rows: Model) -> None:
        """New rows of one table, as `do` sends them."""
        self.do(insert(*rows))
        kept(*rows)

    def hold(self) -> None:
        """From here on the work reads nothing that it writes: its rows leave in one trip."""
        self.held = self.held or []

    @contextmanager
    def in_name_of(self, by: str) -> Iterator[None]:
        """What is written inside was done by someone else than whoever began this write."""
        before, self.by = self.by, by
        try:
            yield
        finally:
            self.by = before

    def append(self, kind: str, body: Mapping[str, object], *, clause: str | None = None) -> Line:
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

    response: dict[str, object]
    replayed: bool


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return secrets.token_urlsafe(16)


def page_key(typed: str) -> str:
    """The key of a write that a page sent: a name space of its own, so that nothing typed into a
    form passes for a key of the clock's, an import's or a token's."""
    return derived_key("page", typed)


def derived_key(*parts: str) -> str:
    """One key made of several parts, short enough to be kept."""
    whole = ":".join(parts)
    if len(whole) <= LONGEST_KEY:
        return whole
    return f"{parts[0][:10]}:{hashlib.sha256(whole.encode()).hexdigest()}"


class TokenKey(str):
    """The key of a write that a device or integration sent; the journal then names its token.

    A type of its own: whatever is typed into a form's key can't pass for a token's.
    """

    token: UUID

    def __new__(cls, token: UUID, mark: str) -> "TokenKey":
        """mark: what tells this token's writes apart, at most 41 characters."""
        made = super().__new__(cls, f"token:{token.hex}:{mark}")
        made.token = token
        return made


def write(
    *,
    site_id: UUID,
    key: str,
    verb: str,
    by: str,
    at: datetime,
    payload: Mapping[str, object],
    work: Callable[[Pen], dict[str, object]],
    asks: Iterable[Statement] = (),
    typed_at: datetime | None = None,
) -> Written:
    """Does `work` once for this key, under the site's lock.

    asks: what `work` will surely ask of its pen, read in the same trip as the lock, after it.
    Raises what `work` raises (then nothing is stored), `KeyReused`, or `NotSaved`.
    """
    mark = _fingerprint(verb, payload)
    try:
        with transaction.atomic(durable=True):
            (seq, head), stored, answers = _enter(site_id, key, tuple(asks))
            if stored:
                return _replay(stored[0], mark)
            pen = Pen(site_id, by, at, seq, bytes(head), answers=answers, typed_at=typed_at)
            response = work(pen)
            _name_token(pen, key, seq)
            _flush(pen, key, verb, mark, response)
            return Written(response, replayed=False)
    except (OperationalError, InterfaceError) as error:
        raise NotSaved(NotSaved.message) from error


def _name_token(pen: Pen, key: str, before: int) -> None:
    """What a token wrote stands in its person's name; one more entry says by which token it came."""
    if isinstance(key, TokenKey) and pen.seq > before:
        body = {"token": str(key.token), "first": before + 1, "last": pen.seq}
        pen.append("token.used", body)


def lock_site(site_id: UUID) -> Statement:
    """Takes the site's lock (its ledger row); gives the number and hash of its last entry."""
    return Statement(
        "select seq, head from journal_ledger where site_id = %s for update", (site_id,)
    )


def _enter(
    site_id: UUID, key: str, asks: tuple[Statement, ...]
) -> tuple[tuple[int, bytes], Rows, dict[Statement, Rows]]:
    """The lock, what the key was answered with, and what was asked, in this order, in one trip."""
    trip = (lock_site(site_id), _stored(site_id, key), *asks)
    lock, stored, *answers = send(trip)
    if not lock:
        begin = "insert into journal_ledger (site_id, seq, head) values (%s, 0, %s)"
        send([Statement(f"{begin} on conflict do nothing", (site_id, GENESIS))])
        lock, stored, *answers = send(trip)
    return (lock[0][0], lock[0][1]), stored, dict(zip(asks, answers, strict=True))


def _fingerprint(verb: str, payload: Mapping[str, object]) -> bytes:
    """Tells payloads apart without letting anyone guess what was in them: keyed by our secret."""
    words = canonical([verb, _plain(payload)])
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).digest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MOST:
        return str(value)  # what it is too large for, the action says in words
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _stored(site_id: UUID, key: str) -> Statement:
    return Statement(
        "select fingerprint, response::text from journal_storedresponse"
        " where site_id = %s and key = %s",
        (site_id, key),
    )


def _replay(stored: Row, mark: bytes) -> Written:
    if bytes(stored[0]) != mark:
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


def _flush(pen: Pen, key: str, verb: str, mark: bytes, response: dict[str, object]) -> None:
    """What the pen held, then entries, the ledger's head and the stored response in one statement."""
    tail = (pen.site_id, key, verb, mark, Jsonb(response), pen.seq, pen.at)
    last = Statement(_FLUSH_NOTHING, tail)
    if pen.rows:
        values = [v for row in pen.rows for v in row]
        rows = ", ".join([_ROW] * len(pen.rows))
        last = Statement(_FLUSH.format(rows=rows), (*values, pen.seq, pen.head, pen.site_id, *tail))
    finish([*(pen.held or ()), last])


def forget_old_responses(before: datetime) -> int:
    """Removes stored responses older than a moment; their keys could then be used anew."""
    with connection.cursor() as cursor:
        cursor.execute("delete from journal_storedresponse where at < %s", [before])
        return int(cursor.rowcount)
