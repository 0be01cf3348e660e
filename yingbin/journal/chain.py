"""The stored chain in one pass and constant memory: contents, links, ledger, signed roots."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from django.db.models import Max, QuerySet

from . import keys, merkle
from .canonical import GENESIS, canonical, content, link, receipt
from .held import Found, Witnesses, with_rows
from .models import DayRoot, Entry, Ledger, StoredResponse
from .reading import CLOSINGS
from .roots import statement


class Chain:
    """Takes the entries one by one, in order, and remembers what doesn't fit."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id, self.size, self.head = site_id, 0, GENESIS
        self.faults: list[Found] = []
        self.frontier: list[bytes] = []
        self.count = 0
        self.closed: dict[int, str] = {}
        self.roots = {r.size: r for r in DayRoot.objects.filter(site_id=site_id)}

    def take(self, entry: Entry) -> None:
        """The next entry: its number, its link, its content, its receipt, the roots over it."""
        if entry.seq != self.size + 1:
            last = f"到第 {entry.seq - 1} 条" if entry.seq - self.size > 2 else ""
            self._fault(self.size + 1, f"缺失：第 {self.size + 1} 条{last}不在库里")
        elif bytes(entry.prev) != self.head:
            self._fault(entry.seq, f"断链：与第 {entry.seq - 1} 条接不上，有一条被改写并重算过")
        self._content(entry)
        self.size, self.head = entry.seq, bytes(entry.hash)
        self.frontier, self.count = merkle.extend(self.frontier, self.count, [self.head])
        if entry.kind in CLOSINGS:
            self.closed[entry.seq] = str(entry.body.get("day"))
        if entry.seq in self.roots:
            self._root(self.roots.pop(entry.seq))

    def _content(self, entry: Entry) -> None:
        words = content(
            site_id=entry.site_id,
            seq=entry.seq,
            at=entry.at,
            kind=entry.kind,
            actor=entry.actor,
            clause=entry.clause,
            body=entry.body,
        )
        try:
            made = link(bytes(entry.prev), words)
        except ValueError:
            made = b""
        if made != bytes(entry.hash):
            self._fault(entry.seq, "被改：内容与它的哈希不符")
        elif receipt(made) != entry.receipt:
            self._fault(entry.seq, "被改：回执码与它的哈希不符")

    def _root(self, root: DayRoot) -> None:
        tree = merkle.root(self.frontier)
        self.closed.pop(root.size, None)
        if not _signed(root):
            self._fault(root.size, f"{root.day} 的封存签名不成立")
        elif tree != bytes(root.root) or bytes(root.head) != self.head:
            self._fault(root.size, f"{root.day} 的封存与内容不符：此前有记录被重写")

    def _fault(self, seq: int, words: str) -> None:
        self.faults.append(Found(f"第 {seq} 条", words, seq))

    def end(self) -> Iterator[Found]:
        """Everything that was found, with the ledger, and roots that reach beyond the last entry."""
        yield from self.faults
        for seq, day in self.closed.items():
            yield Found(f"第 {seq} 条", f"{day} 收场后没有封存签名", seq)
        for root in self.roots.values():
            yield Found("封存签名", f"{root.day} 封存了 {root.size} 条，库里不够：末尾被截掉了")
        yield from _against_ledger(self.site_id, self.size, self.head)


def _signed(root: DayRoot) -> bool:
    words = statement(
        site_id=root.site_id,
        day=root.day,
        size=root.size,
        root=bytes(root.root),
        head=bytes(root.head),
        signed_at=root.signed_at,
    )
    try:
        keys.signing_key().public_key().verify(bytes(root.signature), canonical(words))
    except InvalidSignature:
        return False
    return True


# The ledger, and what else knows how long the chain must be


def ledger_faults(site_id: UUID, made: Iterable[Witnesses]) -> list[Found]:
    """Where the ledger, answers, roots or rows know of entries that the chain no longer has."""
    last = Entry.objects.filter(site_id=site_id).order_by("-seq").first()
    seq, head = (last.seq, bytes(last.hash)) if last else (0, GENESIS)
    found = list(_against_ledger(site_id, seq, head))
    roots = DayRoot.objects.filter(site_id=site_id, size__gt=seq).order_by("size")
    found += [
        Found("封存签名", f"{r.day} 封存了 {r.size} 条，库里只有 {seq} 条：末尾被截掉了")
        for r in roots
    ]
    return found + list(number_faults(site_id, seq, made))


def of_day(root: DayRoot) -> tuple[list[Entry], list[Found]]:
    """What a root sealed since the one before it: its entries, and what of them doesn't fit."""
    before = _before(root)
    chain = Chain(root.site_id)
    chain.roots = {root.size: root}
    if before is not None:
        chain.size = chain.count = before.size
        chain.head, chain.frontier = bytes(before.head), [bytes.fromhex(h) for h in before.frontier]
    entries = list(_between(before, root).order_by("seq"))
    for entry in entries:
        chain.take(entry)
    cut = [
        Found("封存签名", f"{r.day} 封存了 {r.size} 条，库里不够：末尾被截掉了")
        for r in chain.roots.values()
    ]
    return entries, [*chain.faults, *cut]


def kinds_of(root: DayRoot) -> set[str]:
    """What kinds of entries a root sealed since the one before it."""
    return set(_between(_before(root), root).values_list("kind", flat=True).distinct())


def _before(root: DayRoot) -> DayRoot | None:
    return DayRoot.objects.filter(site_id=root.site_id, size__lt=root.size).order_by("size").last()


def _between(before: DayRoot | None, root: DayRoot) -> QuerySet[Entry]:
    start = before.size if before else 0
    return Entry.objects.filter(site_id=root.site_id, seq__gt=start, seq__lte=root.size)


def _against_ledger(site_id: UUID, seq: int, head: bytes) -> Iterator[Found]:
    ledger = Ledger.objects.filter(site_id=site_id).first()
    if ledger is None:
        if seq:
            yield Found("总账", f"总账里没有本项目的末条，记录链却有 {seq} 条")
    elif ledger.seq > seq:
        lost = (
            f"第 {seq + 1} 条到第 {ledger.seq} 条" if ledger.seq - seq > 1 else f"第 {seq + 1} 条"
        )
        yield Found("总账", f"末尾被截掉：总账记着 {ledger.seq} 条，{lost}不在库里", seq + 1)
    elif ledger.seq < seq:
        yield Found("总账", f"总账退回到第 {ledger.seq} 条，记录链却有 {seq} 条", ledger.seq)
    elif bytes(ledger.head) != head:
        yield Found("总账", "总账记着的末条哈希与末条不同：末条被换过", seq)
    top = StoredResponse.objects.filter(site_id=site_id).aggregate(top=Max("seq"))["top"] or 0
    if top > seq:
        yield Found("已答复的提交", f"有一次提交写到第 {top} 条，记录链只到第 {seq} 条", seq + 1)


def number_faults(site_id: UUID, seq: int, made: Iterable[Witnesses]) -> Iterator[Found]:
    """Rows that carry a number beyond the last entry; rows of a site whose chain is empty."""
    every = with_rows(site_id, [h for w in made for h in w.held])
    for held in every:
        if held.numbered:
            top = held.rows(site_id).aggregate(top=Max("seq"))["top"] or 0
            if top > seq:
                words = f"有一行写着记录链第 {top} 条，记录链只到第 {seq} 条：末尾被截掉了"
                yield Found(held.what, words, seq + 1, held.page)
    if not seq:
        full = [h for h in every if h.born and any(not h.excused(r) for r in h.rows(site_id)[:20])]
        if full:
            names = "、".join(h.what for h in full[:6])
            yield Found("记录链", f"空的，库里却有{names}：整条记录链被删掉了")
