"""A push service on this machine and a phone that it calls: a browser's half of Web Push."""

import base64
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from tests import served
from yingbin.notices import ringing
from yingbin.people.models import Staff


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Phone:
    """A browser's half of Web Push: an address at a push service, and the keys to read what comes (RFC 8291)."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.secret = endpoint, os.urandom(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key()
        self.public = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self) -> ringing.Subscription:
        return ringing.Subscription(self.endpoint, packed(self.public), packed(self.secret))

    def read(self, body: bytes) -> dict[str, Any]:
        """Opens a message as a browser does, by aes128gcm (RFC 8188)."""
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), point)
        context = b"WebPush: info\0" + self.public + theirs
        first = HKDF(hashes.SHA256(), 32, self.secret, context).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(first)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(first)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        return dict(json.loads(plain[:-1]))


class PushService:
    """A push service on this machine: what it was given for whom, and what it will answer."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.got.append((self.path, headers, body))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        served.begin(self.server)


def session_of(where: Any, who: str) -> str:
    """The person signs in somewhere; the session's key."""
    browser = Client()
    staff = Staff.objects.get(id=where.id(who))
    browser.force_login(staff, backend="yingbin.people.backends.AccountOrPhone")
    return str(browser.session.session_key)


def allow(where: Any, who: str, service: PushService, device: str = "a") -> Phone:
    """The person allows being called on a phone of theirs."""
    phone = Phone(f"{service.base}/{device}")
    where.do(
        ringing.allow_device, who, subscription=phone.subscription,
        session_key=session_of(where, who), words="iPhone · Safari",
    )  # fmt: skip
    return phone
