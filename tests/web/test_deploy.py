"""What stands in deploy/ is run, not only written: by the programs it is for, where they are installed."""

import http.server
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import served
from tests.faults.house import ROOT
from yingbin.web.server import lan

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin")
DEPLOY = ROOT / "deploy"


class Stub(http.server.BaseHTTPRequestHandler):
    """Stands for the program: says what the proxy told it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = f"{self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None: ...


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Proxy:
    """nginx on loopback with the file of deploy/, only names, ports and places changed."""

    def __init__(self, folder: Path, program: int) -> None:
        self.port, self.folder = free(), folder
        made = lan.prepare(folder, [])
        text = (DEPLOY / "nginx.conf").read_text()
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{program}")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{free()};")
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl")
        text = re.sub(r"^\s*listen \[::\].*$", "", text, flags=re.M)
        text = text.replace("/etc/ssl/yingbin/fullchain.pem", str(made.certificate))
        text = text.replace("/etc/ssl/yingbin/privkey.pem", str(made.key))
        text = text.replace("/var/log/nginx/yingbin.log", str(folder / "access.log"))
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;"
        whole += f" events {{ worker_connections 512; }} http {{ {places}\n{text}\n}}"
        (folder / "nginx.conf").write_text(whole)
        self.words = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]

    def ask(self, path: str, sent: bytes | None = None) -> tuple[int, str]:
        trusting = ssl._create_unverified_context()
        asked = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", sent)
        asked.add_header("X-Forwarded-For", "6.6.6.6")
        try:
            with urllib.request.urlopen(asked, context=trusting, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """nginx in front of a stub."""
    if NGINX is None:
        pytest.skip("no nginx here: apt-get install nginx")
    program = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    served.begin(program)
    tmp_path.chmod(0o755)
    made = Proxy(tmp_path, program.server_port)
    running = subprocess.Popen(made.words, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError):
                made.ask("/healthz")
                break
            time.sleep(0.1)
        yield made
    finally:
        running.terminate()
        running.wait(10)
        program.shutdown()


def test_nginx_takes_the_file_as_it_is(proxy: Proxy) -> None:
    done = subprocess.run([*proxy.words, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "emerg" not in done.stderr
    status, told = proxy.ask("/gallery/arrival/?q=13800001111")
    assert (status, told) == (200, "127.0.0.1 https"), "a client's own header isn't believed"
    assert "13800001111" not in (proxy.folder / "access.log").read_text()


def test_an_office_behind_one_address_opens_the_sign_in_page_and_only_attempts_count(
    proxy: Proxy,
) -> None:
    assert {proxy.ask("/login/")[0] for _ in range(120)} == {200}
    tried = [proxy.ask("/login/", b"login=a&password=b")[0] for _ in range(90)]
    assert tried[:40] == [200] * 40, "thirty colleagues at nine, and some who mistype"
    assert 429 in tried
    assert proxy.ask("/gallery/arrival/", b"kind=enquirer")[0] == 200


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_service_is_closed_to_what_it_doesnt_need() -> None:
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager"]
    said = subprocess.run(
        [*words, str(DEPLOY / "yingbin.service")], capture_output=True, text=True, check=False
    )
    if "Unknown" in said.stderr or "unrecognized" in said.stderr:
        pytest.skip("this systemd can't judge a file")
    found = re.search(r"exposure level for \S+: ([0-9.]+)", said.stdout)
    assert found, said.stdout + said.stderr
    assert float(found[1]) <= 2.5


def test_the_service_can_write_nothing_but_its_data() -> None:
    unit = (DEPLOY / "yingbin.service").read_text()
    for line in ("UMask=0077", "ProtectSystem=strict", "StateDirectory=yingbin-data",
                 "CapabilityBoundingSet=\n", "NoNewPrivileges=yes"):  # fmt: skip
        assert line in unit
    assert "ReadWritePaths" not in unit
    assert "chown" not in unit, "the code belongs to root"


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy here: apt-get install caddy")
def test_caddy_takes_the_file_as_it_is() -> None:
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
