"""Merkle tree roots of RFC 6962, built one leaf at a time from a frontier of perfect subtrees."""

import hashlib
from collections.abc import Iterable


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
