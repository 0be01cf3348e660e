"""Pictures of a demo that is running: those of the documents, or a tour of what every role sees.

    python -m bench.screens --port 8000                 the pictures in docs/screens
    python -m bench.screens --port 8000 --only duty     those of them whose name begins so
    python -m bench.screens --port 8000 --shell         each role's first page at three widths, one sheet a place
    python -m bench.screens --port 8000 --tour FOLDER   every page of each role, three widths, by day and by night
    python -m bench.screens --port 8000 --tour FOLDER --only linyue suqing

Start a demo of its own for it (`bin/serve --data … --port …`): some pictures need a group to arrive. `YINGBIN_BROWSER`
names the browser, as for the journeys.
"""

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.browsers import browser_path
from bench.shots import SHOTS, answered, handed
from yingbin.web.demo import cast

BROWSER = browser_path()
DOCS = Path(__file__).resolve().parents[1] / "docs" / "screens"
HEIGHTS = {390: 844, 1024: 768, 1280: 900, 1920: 1080}
SHELL = (390, 1024, 1280)
LONGEST = 1600  # pixels of a page's height that a tour keeps
QUALITIES = (80, 70, 60, 50)  # of a WebP picture: letters stay sharp at a third of a PNG's size
HEAVIEST = 60_000  # bytes of a picture in the documents
SEAM = 8  # pixels between the screens of a sheet
STRIP = 420  # pixels of height that a screen has on a sheet of the shell
LINKS = "() => [...document.querySelectorAll('.all-pages a')].map(a => a.getAttribute('href'))"


def signed_in(browser: Browser, base: str, account: str, sharp: float = 1) -> Page:
    """A page of this person's, signed in by the form as anybody would be."""
    context = browser.new_context(
        base_url=base, locale="zh-CN", reduced_motion="reduce", device_scale_factor=sharp
    )
    page = context.new_page()
    page.goto("/login/")
    page.locator("[name=login]").fill(account)
    page.locator("[name=password]").fill(cast.PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def wide(page: Page, width: int) -> None:
    """Gives the glass this width and the height that goes with it."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def taken(page: Page, whole: bool = False) -> Image.Image:
    """A picture of what stands on the glass, or of the whole page as far as a tour goes."""
    page.wait_for_timeout(250)  # fonts, and the stream's first words
    shot = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    return shot.crop((0, 0, shot.width, min(shot.height, LONGEST))) if whole else shot


def kept(picture: Image.Image, file: Path, heaviest: int = 0) -> Path:
    """Keeps a picture as WebP, no heavier than so many bytes where that can be."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for quality in QUALITIES:
        picture.save(file, quality=quality, method=6)
        if not heaviest or file.stat().st_size <= heaviest:
            break
    return file


def documents(browser: Browser, base: str, only: list[str]) -> Iterator[Path]:
    """The pictures of the documents; of some of them where `only` says how their names begin."""
    for shot in SHOTS:
        if only and not shot.name.startswith(tuple(only)):
            continue
        page = signed_in(browser, base, shot.account, 2 if shot.width == 390 else 1)
        page.emulate_media(color_scheme="dark" if shot.night else "light")
        wide(page, shot.width)
        page.goto(shot.address)
        try:
            if shot.first:
                shot.first(page)
        except LookupError as no:
            print(f"{shot.name} is as it was: {no}")
            continue
        name = f"{shot.name}-{shot.width}{'-dark' if shot.night else ''}.webp"
        yield kept(taken(page), DOCS / name, HEAVIEST)
        if shot.first is answered:
            called = page.locator(".answer .who").inner_text()
            yield from _of_a_reception(browser, base, called)
        page.context.close()


def _of_a_reception(browser: Browser, base: str, called: str) -> Iterator[Path]:
    """Whoever is called for the group that just came: their turn, the four steps, the glass in the customer's hand."""
    accounts = [who.account for who in cast.SALES if who.name == called]
    if not accounts:
        return print("nobody was free, so nobody's turn is taken again")
    page = signed_in(browser, base, accounts[0], 2)
    wide(page, 390)
    page.goto("/gallery/mine/")
    yield kept(taken(page), DOCS / "mine-390.webp")
    page.get_by_role("button", name="我来接待").first.click()
    page.get_by_role("link", name="接待四步与需求").first.click()
    page.locator(".way").wait_for()
    yield kept(taken(page), DOCS / "reception-390.webp")
    page.goto("/gallery/mine/")
    page.get_by_role("link", name="请客户登记、签名").first.click()
    handed(page)
    yield kept(taken(page), DOCS / "sign-390.webp")
    page.context.close()


def shell(browser: Browser, base: str) -> Iterator[Path]:
    """Where each role starts, at three widths: a line a person, a sheet a kind of place."""
    gallery = [cast.MANAGER, cast.LEAD, cast.RECEPTIONISTS[0], cast.SALES[0]]
    house = [cast.ADMINISTRATOR, cast.AUDITOR, cast.SCREEN]
    kinds = {p.kind: (p.code, [*p.people, *(m for m, _ in p.also)]) for p in cast.FURTHER}
    kinds["sales_centre"] = (cast.SITE[0], [*gallery, *house])
    for kind, (code, people) in kinds.items():
        lines = [_line(browser, base, code, who.account) for who in people]
        yield kept(_joined(lines, down=True), DOCS / f"shell-{kind}.webp")


def _joined(pictures: list[Image.Image], down: bool) -> Image.Image:
    """Pictures of one height or width, side by side or one below the other, with a seam between."""
    steps = [(p.height if down else p.width) + SEAM for p in pictures]
    first, long = pictures[0], sum(steps) - SEAM
    size = (first.width, long) if down else (long, first.height)
    sheet = Image.new("RGB", size, "#858c86")
    for n, picture in enumerate(pictures):
        at = sum(steps[:n])
        sheet.paste(picture, (0, at) if down else (at, 0))
    return sheet


def _line(browser: Browser, base: str, code: str, account: str) -> Image.Image:
    """One person's first page, at three widths side by side."""
    page, shots = signed_in(browser, base, account), []
    page.goto(f"/s/{code}/")
    for width in SHELL:
        wide(page, width)
        shot = taken(page)
        shots.append(
            shot.resize((shot.width * STRIP // shot.height, STRIP), Image.Resampling.LANCZOS)
        )
    page.context.close()
    return _joined(shots, down=False)


def tour(browser: Browser, base: str, account: str, folder: Path) -> Iterator[Path]:
    """What this person sees: 更多 on a phone, where they start, then every page of their navigation, and 待办."""
    page = signed_in(browser, base, account)
    start = page.url
    wide(page, 390)
    more = page.locator(".more > summary")
    if more.count():
        more.click()
        yield kept(taken(page), folder / f"{account}-00-more-390.webp")
    links = [start, *page.evaluate(LINKS), page.url.split("/gallery/")[0].rstrip("/") + "/inbox/"]
    for n, link in enumerate(dict.fromkeys(links), 1):
        page.goto(link)
        name = link.rstrip("/").split("/")[-1]
        for width in SHELL:
            wide(page, width)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                file = folder / f"{account}-{n:02}-{name}-{width}-{scheme}.webp"
                yield kept(taken(page, whole=True), file)
    page.context.close()


def everybody() -> list[str]:
    """One account a role of the demo."""
    gallery = [cast.MANAGER, cast.LEAD, cast.RECEPTIONISTS[0], cast.SALES[0]]
    house = [cast.ADMINISTRATOR, cast.AUDITOR, cast.SCREEN]
    return [m.account for m in [*gallery, *house, *(m for p in cast.FURTHER for m in p.people)]]


def pictures(browser: Browser, base: str, args: argparse.Namespace) -> Iterator[Path]:
    """What was asked for."""
    if args.tour:
        for account in args.only or everybody():
            yield from tour(browser, base, account, args.tour)
    elif args.shell:
        yield from shell(browser, base)
    else:
        yield from documents(browser, base, args.only)


def main() -> None:
    """Takes them and says where they are and how heavy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--shell", action="store_true")
    parser.add_argument("--tour", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--lang=zh-CN"]
        browser = play.chromium.launch(executable_path=BROWSER, args=flags)
        for file in pictures(browser, f"http://127.0.0.1:{args.port}", args):
            print(f"{file}  {file.stat().st_size // 1000} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
