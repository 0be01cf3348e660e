"""Merkle tree roots of RFC 6962, built one leaf at a time from a frontier of perfect subtrees."""

import hashlib
from collections.abc import Iterable, Sequence


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def extend(frontier: list[bytes], size: int, leaves: Iterable[bytes]) -> tuple[list[bytes], int]:
    """Adds leaves (their data) to a tree of `size`; returns the new frontier and size.

    The frontier holds one hash for every set bit of the size, the largest subtree first.
    """
    peaks = list(frontier)
    for data in leaves:
        peaks.append(leaf(data))
        size += 1
        merges = (size & -size).bit_length() - 1
        for _ in range(merges):
            right = peaks.pop()
            peaks.append(node(peaks.pop(), right))
    return peaks, size


def root(frontier: list[bytes]) -> bytes:
    """The root of the tree with this frontier; of the empty tree, the hash of nothing."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    hash_ = frontier[-1]
    for left in reversed(frontier[:-1]):
        hash_ = node(left, hash_)
    return hash_


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    if not leaves:
        return root([])
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node(root_of(leaves[:split]), root_of(leaves[split:]))


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of a leaf, counted from 0, among these leaf hashes (RFC 6962, 2.1.1)."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(leaves[:split], index), root_of(leaves[split:])]
    return [*inclusion(leaves[split:], index - split), root_of(leaves[:split])]


def included(hash_: bytes, index: int, size: int, path: Sequence[bytes], root_: bytes) -> bool:
    """Whether a leaf hash stands at this index of the tree with this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash_ = node(step, hash_)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hash_ = node(hash_, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hash_ == root_


def consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """The proof that the tree over the first `old` leaf hashes grew into that over all (RFC 6962, 2.1.2)."""
    if old in (0, len(leaves)):
        return []
    return _subproof(leaves, old, whole=True)


def _subproof(leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = _split(len(leaves))
    if old <= split:
        return [*_subproof(leaves[:split], old, whole=whole), root_of(leaves[split:])]
    return [*_subproof(leaves[split:], old - split, whole=False), root_of(leaves[:split])]


def consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of size `old` grew into that of size `new` (RFC 9162, 2.1.4.2)."""
    if old in (0, new):
        return not proof and (old == 0 or old_root == new_root)
    if not 0 < old < new or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node(step, first), node(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
