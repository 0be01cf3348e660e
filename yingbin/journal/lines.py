"""Signed lines from outside held against an export: up to which entry each of them proves it. Standard library only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yingbin.journal import merkle, notes
from yingbin.journal.reading import Fault, Journal

_KIND = "line 签名行不符"


@dataclass
class Lines:
    """What the lines say: faults, and in words what each of them proves."""

    faults: list[Fault] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)


def roots_at(journal: Journal, sizes: Iterable[int]) -> dict[int, bytes]:
    """The root at every wanted size, in one pass."""
    wanted, made = set(sizes), {}
    frontier: list[bytes] = []
    size = 0
    if 0 in wanted:
        made[0] = merkle.root([])
    for _, entry in journal.entries:
        frontier, size = merkle.extend(frontier, size, [bytes.fromhex(entry["hash"])])
        if size in wanted:
            made[size] = merkle.root(frontier)
    return made


def check_lines(
    journal: Journal, texts: Iterable[str], key: str, witnesses: Iterable[str] = ()
) -> Lines:
    """Holds checkpoints (whole or in short form) against the entries.

    key: the log's public key in hex; witnesses: keys of witnesses in their one-line form.
    """
    told, read = Lines(), []
    for text in texts:
        try:
            read.append(_read(journal, text, key))
        except ValueError as why:
            told.faults.append(Fault(_KIND, None, None, str(why)))
    trees = roots_at(journal, (size for size, _, _, _ in read))
    for size, root, name, line in read:
        fault = _against(journal, size, root, trees)
        if fault:
            told.faults.append(fault)
            continue
        seen = _witnessed(line, witnesses)
        told.proven.append(f"{name}证明到第{size}条为止没有改过{seen}")
    return told


def _read(
    journal: Journal, text: str, key: str
) -> tuple[int, bytes | str, str, notes.SignedLine | None]:
    if notes.is_short(text):
        size = int(text.strip().partition("@")[0])
        return size, text.strip().upper(), "短签名行（只对内容，不含签名）", None
    line = notes.read_line(text)
    log = notes.VerifierKey(line.origin, notes.NOTE_KEY, bytes.fromhex(key))
    if line.origin.rpartition("/")[2] != journal.head.get("site"):
        raise notes.NotANote(f"签名行属于另一个项目（{line.origin}）")
    if not notes.signed_by(line, log):
        raise notes.NotANote(f"第{line.size}条的签名行，签名不成立")
    return line.size, line.root, "签名行", line


def _against(
    journal: Journal, size: int, root: bytes | str, trees: Mapping[int, bytes]
) -> Fault | None:
    if size not in trees:
        words = f"签名行封到第{size}条，文件里只有{len(journal.entries)}条"
        return Fault("truncated 被截断", None, size, words)
    told = notes.short(size, trees[size]) if isinstance(root, str) else trees[size]
    if told != root:
        words = f"第1条到第{size}条之间被重写：与第{size}条的签名行不符"
        return Fault("rewritten 被重写", None, size, words)
    return None


def _witnessed(line: notes.SignedLine | None, witnesses: Iterable[str]) -> str:
    """By which of these witnesses the line was cosigned."""
    keys = [notes.verifier_key(w) for w in witnesses]
    seen = [k.name for k in keys if line and notes.cosigned_at(line, k) is not None]
    return f"，见证：{'、'.join(seen)}" if seen else ""
