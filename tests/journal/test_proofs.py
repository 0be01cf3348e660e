"""Proofs over the Merkle tree, with the vectors of Certificate Transparency's own reference tests (RFC 6962)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.journal import merkle

DATA = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
LEAVES = [merkle.leaf(bytes.fromhex(d)) for d in DATA]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
PATH_OF_THE_FIRST = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
FROM_SIX = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def raw(hexes: list[str]) -> list[bytes]:
    return [bytes.fromhex(h) for h in hexes]


@pytest.mark.parametrize("size", ROOTS)
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert merkle.root_of(LEAVES[:size]).hex() == ROOTS[size]
    frontier, _ = merkle.extend([], 0, [bytes.fromhex(d) for d in DATA[:size]])
    assert merkle.root(frontier).hex() == ROOTS[size]


def test_proofs_are_those_of_the_reference() -> None:
    assert merkle.inclusion(LEAVES, 0) == raw(PATH_OF_THE_FIRST)
    assert merkle.consistency(LEAVES, 1) == raw(PATH_OF_THE_FIRST)
    assert merkle.consistency(LEAVES, 6) == raw(FROM_SIX)
    assert merkle.consistent(6, 8, *raw([ROOTS[6], ROOTS[8]]), raw(FROM_SIX))


def leaves(size: int) -> list[bytes]:
    return [hashlib.sha256(bytes([n])).digest() for n in range(size)]


@given(st.data())
def test_every_true_proof_holds_and_no_changed_one_does(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 60))
    old, index = data.draw(st.integers(0, size)), data.draw(st.integers(0, size - 1))
    tree, root = leaves(size), merkle.root_of(leaves(size))
    path, proof = merkle.inclusion(tree, index), merkle.consistency(tree, old)
    before = merkle.root_of(tree[:old])
    assert merkle.included(tree[index], index, size, path, root)
    assert merkle.consistent(old, size, before, root, proof)
    other = bytes(32)
    assert not merkle.included(other, index, size, path, root)
    assert not merkle.included(tree[index], index, size, [*path, other], root)
    if 0 < old < size:
        assert not merkle.consistent(old, size, other, root, proof)
        assert not merkle.consistent(old, size, before, other, proof)
        assert not merkle.consistent(old, size, before, root, proof[:-1])
        rewritten = [*tree]
        rewritten[data.draw(st.integers(0, old - 1))] = other
        forged = merkle.consistency(rewritten, old)
        assert not merkle.consistent(old, size, before, merkle.root_of(rewritten), forged)
