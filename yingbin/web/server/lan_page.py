"""The one page without HTTPS: hands out the authority's certificate and says how to install it. Nothing else."""

import argparse
import contextlib
import html
import http.server
import io
import socket
import time
from pathlib import Path
from typing import Any

import segno

from . import leash

MOST, PATIENCE = 100, 8  # visitors at once; seconds for each

HOW = [
    (
        "iPhone、iPad",
        "下载后到「设置 → 已下载描述文件」安装，再到「通用 → 关于本机 → 证书信任设置」打开信任。",
    ),
    ("安卓、鸿蒙", "下载后到「设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书」，选刚下载的文件。"),
    ("Windows", "双击证书，安装到「本地计算机 → 受信任的根证书颁发机构」。"),
    ("Mac", "双击证书加入钥匙串，打开它，把「信任」改为「始终信任」。"),
]


def picture(text: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=6, border=2, xmldecl=False)
    return out.getvalue().decode()


def page(here: str, address: str, fingerprint: str) -> str:
    """The page itself; every value is escaped."""
    told = "".join(f"<h3>{name}</h3><p>{words}</p>" for name, words in HOW)
    return f"""<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>手机接入迎宾</title></head><body>
<h1>手机接入迎宾</h1><p>在电脑上打开了这一页？用手机扫码继续：</p>{picture(here)}
<h2>一、装一次证书</h2><p><a href="/yingbin-ca.crt">下载证书</a></p>
<p>装之前请核对指纹，要和服务器屏幕上的一样：<br><code>{html.escape(fingerprint)}</code></p>{told}
<h2>二、打开迎宾</h2><p><a href="{html.escape(address)}">{html.escape(address)}</a></p>{picture(address)}
</body></html>"""


def handler(
    certificate: bytes, here: str, address: str, fingerprint: str
) -> type[http.server.BaseHTTPRequestHandler]:
    """Answers two addresses and nothing else."""
    text = page(here, address, fingerprint).encode()

    class Answers(http.server.BaseHTTPRequestHandler):
        """The page and the certificate."""

        timeout = PATIENCE

        def do_GET(self) -> None:
            """The page at /, the certificate at its name, 404 otherwise."""
            if self.path == "/":
                self._send(200, "text/html; charset=utf-8", text)
            elif self.path == "/yingbin-ca.crt":
                self._send(200, "application/x-x509-ca-cert", certificate)
            else:
                self._send(404, "text/plain; charset=utf-8", "没有这一页".encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody's visit is written down."""

    return Answers


class Page(http.server.ThreadingHTTPServer):
    """At most so many at once, each for a few seconds: who says nothing, or drips, keeps nobody else waiting."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self.here: dict[socket.socket, float] = {}

    def process_request(self, request: Any, client_address: Any) -> None:
        """Lets somebody in; where all places are taken, or somebody's time is over, the oldest go."""
        now = time.monotonic()
        for line, since in list(self.here.items()):
            if now - since > PATIENCE or len(self.here) >= MOST:
                self.here.pop(line, None)
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        self.here[request] = now
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Somebody has been answered."""
        self.here.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was sent away is nobody's fault."""


def main() -> None:
    """Serves until ended."""
    parser = argparse.ArgumentParser()
    for name in ("--authority", "--here", "--address", "--fingerprint"):
        parser.add_argument(name, required=True)
    parser.add_argument("--port", type=int, required=True)
    args = parser.parse_args()
    leash.hold()
    answers = handler(Path(args.authority).read_bytes(), args.here, args.address, args.fingerprint)
    Page(("0.0.0.0", args.port), answers).serve_forever()


if __name__ == "__main__":
    main()
