"""A page with the scripts and nothing else, and the server's side of its line in the test's hand."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Route

JS = Path(__file__).resolve().parents[3] / "yingbin/pages/static/pages/js"
HOME = "http://desk.test/"
CSP = "default-src 'self'; script-src 'self'; style-src 'self'"

FORM = """
<form id="arrival" method="post" action="/save/">
  <input type="hidden" name="key" value="one-key">
  <input name="name" value="">
  <button name="go" value="yes">安排接待</button>
</form>
"""

# A stream the test holds in its hand: window.line.say(event, data), .cut(); every connection is counted.
LINE = """
window.line = { opened: 0, handlers: {} };
window.EventSource = class {
  constructor(url) { window.line.opened += 1; window.line.url = url; window.line.handlers = {}; window.line.open = true; }
  addEventListener(name, act) { window.line.handlers[name] = act; }
  close() { window.line.open = false; }
};
window.line.say = (name, data) => window.line.handlers[name]?.({ data });
navigator.vibrate = (p) => { window.shaken = (window.shaken || 0) + 1; return true; };
"""


# A post that was answered by a move to another page.
MOVED = """([url, html]) => { window.fetch = async () => {
  const answer = new Response(html);
  Object.defineProperties(answer, { redirected: { value: true }, url: { value: url } });
  return answer;
}; }"""


def paper(body: str, attributes: str = "") -> str:
    """A page with the two scripts and nothing else."""
    return f"""<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>台</title>
    {"".join(f'<script src="/{name}.js" defer></script>' for name in ("app", "gate", "line", "live"))}</head>
    <body {attributes}><main id="main">{body}</main>
    <div data-offline hidden>断线 <b data-offline-since></b></div><div data-toasts></div></body></html>"""


Opens = Callable[..., None]


class Desk:
    """The server's side: answers in turn, remembers what came."""

    def __init__(self, *answers: Callable[[Route], None]) -> None:
        self.answers = list(answers)
        self.came: list[str] = []

    def __call__(self, route: Route) -> None:
        self.came.append(route.request.post_data or "")
        self.answers.pop(0)(route)

    def keys(self) -> list[str]:
        return [re.findall(r'name="key"\r\n\r\n(.*?)\r\n', c)[0] for c in self.came]


def fails(route: Route) -> None:
    route.abort("internetdisconnected")


def answers(status: int, body: str) -> Callable[[Route], None]:
    return lambda r: r.fulfill(status=status, body=paper(body), content_type="text/html")
