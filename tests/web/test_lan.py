"""HTTPS on the office network: a certificate phones trust after one scan, renewed by itself."""

import argparse
import http.server
import socket
import ssl
import urllib.request
from pathlib import Path

import pytest
from cryptography import x509

from tests.served import begin as answering
from yingbin.web.server import lan, lan_page, listening, serve
from yingbin.web.server.postgres import CannotStart


def test_the_certificate_is_for_this_machine_and_kept_until_something_changes(
    tmp_path: Path,
) -> None:
    first = lan.prepare(tmp_path, ["192.168.1.20"])
    there = first.certificate.read_bytes()
    assert lan.prepare(tmp_path, ["192.168.1.20"]).certificate.read_bytes() == there
    moved = lan.prepare(tmp_path, ["192.168.1.99"])
    assert moved.certificate.read_bytes() != there
    assert moved.fingerprint == first.fingerprint, "phones keep their trust"
    for file in (tmp_path / "lan").iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_machine_that_was_renamed_keeps_a_certificate_its_authority_may_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lan.prepare(tmp_path, ["192.168.1.20"])
    monkeypatch.setattr(lan.socket, "gethostname", lambda: "another")
    renamed = lan.prepare(tmp_path, ["192.168.1.20"])
    assert renamed.fingerprint == first.fingerprint
    assert "another.local" in renamed.names
    assert "another" not in renamed.names, "outside what the authority is bound to"


def test_the_authority_is_bound_to_private_addresses(tmp_path: Path) -> None:
    made = lan.prepare(tmp_path, [])
    ca = x509.load_pem_x509_certificate(made.authority.read_bytes())
    bound = ca.extensions.get_extension_for_class(x509.NameConstraints)
    assert bound.critical
    assert bound.value.permitted_subtrees
    leaf = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days <= 397


def test_a_phone_that_trusts_the_authority_comes_in_and_a_stranger_does_not(
    tmp_path: Path,
) -> None:
    made = lan.prepare(tmp_path, [])
    served = http.server.HTTPServer(
        ("127.0.0.1", 0), lan_page.handler(b"crt", "http://x", "https://x", "AA")
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    answering(served)
    address = f"https://127.0.0.1:{served.server_port}/"
    trusting = ssl.create_default_context(cafile=str(made.authority))
    with urllib.request.urlopen(address, context=trusting, timeout=5) as answer:
        assert answer.status == 200
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(address, timeout=5)
    served.shutdown()


def test_the_plain_page_hands_out_the_certificate_and_nothing_else(tmp_path: Path) -> None:
    answers = lan_page.handler(
        b"the certificate", "http://192.168.1.20:8000/", "https://192.168.1.20:8443", "AA:BB<"
    )
    served = http.server.HTTPServer(("127.0.0.1", 0), answers)
    answering(served)
    base = f"http://127.0.0.1:{served.server_port}"
    page = urllib.request.urlopen(base + "/", timeout=5).read().decode()
    assert "AA:BB&lt;" in page
    assert "https://192.168.1.20:8443" in page
    assert "<svg" in page
    assert urllib.request.urlopen(base + "/yingbin-ca.crt", timeout=5).read() == b"the certificate"
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(base + "/login/", timeout=5)
    served.shutdown()


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("192.168.3.4", True),
        ("10.1.2.3", True),
        ("172.20.0.9", True),
        ("127.0.0.1", False),
        ("192.0.2.2", False),
        ("8.8.8.8", False),
        ("fe80::1", False),
        ("nonsense", False),
    ],
)
def test_only_office_addresses_are_taken_into_the_certificate(address: str, taken: bool) -> None:
    assert lan._is_private(address) is taken


def test_one_port_for_both_pages_is_refused_in_words(tmp_path: Path) -> None:
    asked = argparse.Namespace(port=8443, lan_port=8443)
    with pytest.raises(CannotStart, match="各要一个端口"):
        serve._on_the_network(asked, tmp_path)


def test_a_taken_port_names_the_option_that_changes_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotStart, match="请用 --lan-port 换一个端口"):
            listening.port_is_free("127.0.0.1", taken.getsockname()[1], "--lan-port")


def test_two_hundred_who_say_nothing_keep_no_phone_waiting() -> None:
    served = lan_page.Page(
        ("127.0.0.1", 0), lan_page.handler(b"crt", "http://x", "https://x", "AA")
    )
    answering(served)
    where = ("127.0.0.1", served.server_port)
    lines = [socket.create_connection(where, timeout=5) for _ in range(200)]
    for line in lines:
        line.sendall(b"GET / HT")
    page = urllib.request.urlopen(f"http://127.0.0.1:{served.server_port}/", timeout=5).read()
    assert "装一次证书" in page.decode()
    assert len(served.here) <= lan_page.MOST
    for line in lines:
        line.close()
    served.shutdown()
    served.server_close()
