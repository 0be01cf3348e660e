"""Draws the app's icons from our own seal: `python -m tests.journeys.icons`. They lie in the repository, small."""

import re
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.browsers import browser_path

BROWSER = browser_path()
STATIC = Path(__file__).resolve().parents[2] / "yingbin" / "web" / "static" / "web"
ICONS = {"icon-192": 192, "icon-512": 512, "maskable-512": 512, "apple-180": 180}


def drawing(name: str) -> str:
    """The seal; full bleed and a little smaller where the phone cuts its own shape out of it."""
    seal = (STATIC / "seal.svg").read_text()
    if name.startswith("icon"):
        return seal
    wall, rest = re.match(r"(<svg[^>]*>)<rect[^>]*/>(.*)</svg>", seal, re.DOTALL).groups()  # type: ignore[union-attr]
    ground = '<rect width="32" height="32" fill="#0e6a5c"/>'
    return f'{wall}{ground}<g transform="translate(16 16) scale(.8) translate(-16 -16.4)">{rest}</g></svg>'


def draw(page: Page, name: str, size: int) -> bytes:
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<body style='margin:0;line-height:0'>{drawing(name)}</body>")
    page.add_style_tag(content=f"svg {{ width: {size}px; height: {size}px }}")
    return page.screenshot(omit_background=True)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        sheet = browser.new_page()
        for name, size in ICONS.items():
            (STATIC / "icons" / f"{name}.png").write_bytes(draw(sheet, name, size))
        browser.close()
