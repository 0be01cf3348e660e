"""A browser's page over a line that the test cuts and mends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .wire import CSP, HOME, JS, LINE, Opens, paper

UNSENT = JS.parents[3] / "duty/static/duty/unsent.js"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(LINE)
    page.route("**/*.js", lambda r: r.fulfill(path=JS / r.request.url.rsplit("/", 1)[1]))
    page.route("**/unsent.js", lambda r: r.fulfill(path=UNSENT))
    yield page
    context.close()


@pytest.fixture
def opens(page: Page) -> Opens:
    """Opens a page that holds this."""

    def go(body: str, attributes: str = "") -> None:
        html = paper(body, attributes)
        headers = {"Content-Security-Policy": CSP}
        page.route(HOME, lambda r: r.fulfill(body=html, content_type="text/html", headers=headers))
        page.goto(HOME)

    return go
