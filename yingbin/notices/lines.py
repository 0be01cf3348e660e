"""Signed lines leave the house: by the channels a site chose for them, and to outside witnesses that cosign them.

Nothing here writes to a journal; sending goes through the outbox, or beside the worker's loop.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yingbin.journal import notes
from yingbin.journal.checkpoints import make_due, proof
from yingbin.journal.models import Checkpoint, DayRoot, Departure
from yingbin.people.ids import uuid7
from yingbin.people.models import Company, Site

from .beside import Beside
from .models import ChannelChoice, Delivery
from .outside import NotAllowed, exchange

KIND = "line"
EVERY = timedelta(seconds=20)
REST = timedelta(minutes=1)  # after a witness didn't answer as it should
_MOST = 20_000  # bytes of a witness's answer
_last: list[datetime] = []
_resting: dict[str, datetime] = {}
_beside = Beside(4)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """Somebody outside who cosigns our lines: their key and where they take checkpoints."""

    key: notes.VerifierKey
    address: str

    @property
    def way(self) -> str:
        """How a departure names this witness."""
        return f"witness:{self.key.name}"[:120]


def witnesses() -> list[Witness]:
    """The witnesses of this installation; a word that can't be read is left out and logged."""
    found = []
    for word in settings.YINGBIN_OUTSIDE_WITNESSES.split():
        key, _, address = word.partition("=")
        try:
            found.append(Witness(notes.verifier_key(key), address.rstrip("/")))
        except notes.NotANote as why:
            logger.warning("YINGBIN_OUTSIDE_WITNESSES: %s", why)
    return found


def is_set_up(site_id: UUID) -> bool:
    """Whether lines of this site are sent out of the house as they are made."""
    rows = _choices(site_id)
    return bool(witnesses()) or any(KIND in one.kinds for one in rows)


def tick(at: datetime | None = None) -> int:
    """Makes the lines that are due and sends the newest of each site; how many were made."""
    now = at or timezone.now()
    if at is None and _last and now - _last[-1] < EVERY:
        return 0
    _last[:] = [now]
    made = make_due(now)
    newest = _newest()
    for line in newest:
        send(line, now)
    settle(now)
    for witness in witnesses():
        if _resting.get(witness.key.name, now) <= now:
            _beside.start(witness.key.name, partial(ask, witness, now))
    return len(made)


def _newest() -> list[Checkpoint]:
    """The newest line of every site, and of the company's own chain."""
    ours = Q(site_id__in=Site.objects.values("id")) | Q(site_id__in=Company.objects.values("id"))
    rows = Checkpoint.objects.filter(ours)
    return list(rows.order_by("site_id", "-size").distinct("site_id"))


def send(line: Checkpoint, now: datetime) -> int:
    """Puts a line into the outbox for every channel that is to have it; how many are new."""
    ways = {f"channel:{one.name}"[:120]: one for one in _channels(line)}
    gone = Departure.objects.filter(site_id=line.site_id, size=line.size, way__in=ways)
    new = ways.keys() - set(gone.values_list("way", flat=True))
    for way in sorted(new):
        with transaction.atomic():
            delivery = Delivery.objects.create(
                site_id=ways[way].site_id,
                batch=uuid7(),
                channel=ways[way].name,
                title=f"{_whose(line)}记录链签名行：到第 {line.size} 条，请保存",
                body=line.text,
                next_try_at=now,
                made_at=now,
            )
            Departure.objects.create(
                site_id=line.site_id, size=line.size, way=way, ref=delivery.id, made_at=now
            )
    return len(new)


def _whose(line: Checkpoint) -> str:
    return "公司的" if Company.objects.filter(id=line.site_id).exists() else ""


def _channels(line: Checkpoint) -> list[ChannelChoice]:
    """Channels chosen for lines; those that get everything have the line of a closing alone."""
    closing = _of_a_closing(line)
    return [c for c in _choices(line.site_id) if KIND in c.kinds or (closing and not c.kinds)]


def _choices(chain: UUID) -> list[ChannelChoice]:
    """The channels a site uses; of the company's chain those that any of its sites chose for lines."""
    if not Company.objects.filter(id=chain).exists():
        return list(ChannelChoice.objects.filter(site_id=chain))
    rows = ChannelChoice.objects.filter(kinds__contains=[KIND], site__closed_at__isnull=True)
    return list(rows.order_by("name", "chosen_at").distinct("name"))


def _of_a_closing(line: Checkpoint) -> bool:
    before = Checkpoint.objects.filter(site_id=line.site_id, size__lt=line.size).order_by("size")
    last = before.last()
    since = last.size if last else 0
    closings = DayRoot.objects.filter(site_id=line.site_id, size__gt=since, size__lte=line.size)
    return closings.exists()


def settle(now: datetime) -> int:
    """Notes which messages have arrived; how many."""
    open_ones = Departure.objects.filter(left_at__isnull=True, ref__isnull=False)
    recent = open_ones.filter(made_at__gte=now - timedelta(days=2))
    refs = {d.ref: d for d in recent if d.ref}
    sent = Delivery.objects.filter(id__in=refs, state=Delivery.State.SENT, sent_at__isnull=False)
    for delivery in sent:
        Departure.objects.filter(id=refs[delivery.id].pk).update(left_at=delivery.sent_at)
    return len(sent)


# Witnesses


def ask(witness: Witness, now: datetime) -> int:
    """Has one witness cosign the newest line of every site; how many it cosigned."""
    done = 0
    for line in _newest():
        gone = Departure.objects.filter(
            site_id=line.site_id, size=line.size, way=witness.way, left_at__isnull=False
        )
        if not gone.exists():
            error = submit(witness, line, now)
            done += not error
            if error:
                _resting[witness.key.name] = now + REST
                logger.warning("witness %s, line %s: %s", witness.key.name, line.size, error)
    return done


def submit(witness: Witness, line: Checkpoint, now: datetime) -> str:
    """Offers a line to a witness and keeps its cosignature; why it didn't cosign, or nothing.

    A witness that knows another size than we thought says so, and is asked once more from there.
    """
    status, said = _post(witness, line, _known_to(witness, line.site_id))
    if status == 409:
        size = said.decode("ascii", "replace").strip()
        if not size.isdigit() or int(size) > line.size:
            return _refused(witness, line, now, "见证人见过更长的记录链")
        status, said = _post(witness, line, int(size))
    if status == 0:
        return said.decode()
    if status != 200:
        words = {409: "见证人见过另一个根", 422: "与见证人见过的对不上"}
        return _refused(witness, line, now, words.get(status, f"见证人回答 {status}"))
    text = line.text + said.decode("utf-8", "replace")
    try:
        at = notes.cosigned_at(notes.read_line(text), witness.key)
    except notes.NotANote as why:
        return _refused(witness, line, now, str(why))
    if at is None:
        return _refused(witness, line, now, "见证人的签名不成立")
    own = [row for row in said.decode().splitlines() if row.startswith(f"— {witness.key.name} ")]
    _keep(witness, line, now, answer="\n".join(own), left_at=now)
    return ""


def _known_to(witness: Witness, site_id: UUID) -> int:
    gone = Departure.objects.filter(site_id=site_id, way=witness.way, left_at__isnull=False)
    last = gone.order_by("size").last()
    return last.size if last else 0


def _post(witness: Witness, line: Checkpoint, old: int) -> tuple[int, bytes]:
    """Status and answer; 0 where there was none, with the reason."""
    body = notes.request(old, proof(line.site_id, old, line.size), line.text)
    headers = {"Content-Type": "text/plain; charset=utf-8", "User-Agent": "yingbin"}
    address = f"{witness.address}/add-checkpoint"
    try:
        return exchange(address, body.encode(), headers, most=_MOST)
    except NotAllowed as no:
        return 0, str(no).encode()
    except OSError as error:
        return 0, f"没有连上：{type(error).__name__}".encode()


def _refused(witness: Witness, line: Checkpoint, now: datetime, why: str) -> str:
    _keep(witness, line, now, answer=why, left_at=None)
    return why


def _keep(
    witness: Witness, line: Checkpoint, now: datetime, *, answer: str, left_at: datetime | None
) -> None:
    """What a witness said of a line; a cosignature that we have is never given up for a refusal."""
    one, _ = Departure.objects.get_or_create(
        site_id=line.site_id, size=line.size, way=witness.way, defaults={"made_at": now}
    )
    held = Departure.objects.filter(pk=one.pk, left_at__isnull=True)
    held.update(answer=answer, left_at=left_at)


def with_cosignatures(line: Checkpoint) -> str:
    """The line with every cosignature it has."""
    rows = Departure.objects.filter(site_id=line.site_id, size=line.size, left_at__isnull=False)
    answers = rows.exclude(answer="").order_by("way").values_list("answer", flat=True)
    return line.text + "".join(f"{a}\n" for a in answers)
