"""A witness after c2sp.org/tlog-witness, written for tests with code of its own."""

import base64
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from yingbin.journal import merkle, notes


class SmallWitness:
    """A witness after c2sp.org/tlog-witness, written for this test with code of its own: it keeps the last size and root."""

    def __init__(self, name: str = "witness.example/hangzhou") -> None:
        self.name, self.key = name, Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.logs: dict[str, bytes] = {}
        self.seen: dict[str, tuple[int, bytes]] = {}
        self.answers: list[int] = []
        self.clock = 1_790_000_000

    @property
    def vkey(self) -> notes.VerifierKey:
        return notes.VerifierKey(self.name, notes.COSIGNATURE_KEY, self.public)

    def add_checkpoint(self, request: str) -> tuple[int, str]:
        status, body = self._answer(request)
        self.answers.append(status)
        return status, body

    def _answer(self, request: str) -> tuple[int, str]:
        head, _, note = request.partition("\n\n")
        first, *proof = head.split("\n")
        old = int(first.removeprefix("old "))
        body, _, signatures = note.partition("\n\n")
        origin, size_, root_ = body.split("\n")[:3]
        size, root = int(size_), base64.b64decode(root_)
        if origin not in self.logs:
            return 404, ""
        if not self._signed(origin, body + "\n", signatures):
            return 403, ""
        if old > size:
            return 400, ""
        known, known_root = self.seen.get(origin, (0, b""))
        if old != known or (old == size and root != known_root):
            return 409, f"{known}\n"
        if old and not self._grew(
            old, size, known_root, root, [base64.b64decode(p) for p in proof]
        ):
            return 422, ""
        self.seen[origin] = (size, root)
        return 200, self._cosign(body + "\n")

    def _signed(self, origin: str, body: str, signatures: str) -> bool:
        public = self.logs[origin]
        for line in signatures.strip().split("\n"):
            _, name, told = line.split(" ")
            if name == origin:
                from cryptography.exceptions import InvalidSignature
                from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

                try:
                    key = Ed25519PublicKey.from_public_bytes(public)
                    key.verify(base64.b64decode(told)[4:], body.encode())
                except InvalidSignature:
                    return False
                return True
        return False

    def _grew(
        self, old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]
    ) -> bool:
        """RFC 6962's own recursion, the other way round than ours: from the proof back to both roots."""
        if old == new:
            return old_root == new_root and not proof

        def roots(m: int, n: int, whole: bool) -> tuple[bytes, bytes]:
            if m == n:
                one = old_root if whole else proof.pop()
                return one, one
            k = 1 << ((n - 1).bit_length() - 1)
            right_last = proof.pop()
            if m <= k:
                first, second = roots(m, k, whole)
                return first, merkle.node(second, right_last)
            first, second = roots(m - k, n - k, False)
            return merkle.node(right_last, first), merkle.node(right_last, second)

        try:
            made = roots(old, new, True)
        except IndexError:
            return False
        return made == (old_root, new_root) and not proof

    def _cosign(self, body: str) -> str:
        signed = f"cosignature/v1\ntime {self.clock}\n{body}".encode()
        told = struct.pack(">Q", self.clock) + self.key.sign(signed)
        return notes.signature_line(self.name, self.vkey.id, told)
