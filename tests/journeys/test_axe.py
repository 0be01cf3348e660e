"""Nobody is kept out of a page: axe-core over every page each role can open, by day and night, on phone and desk."""

import re
from pathlib import Path

import axe_playwright_python
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Browser, Page

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter
from tests.journeys.world import lived_in
from tests.project.test_access import ALL, walk
from yingbin.people.models import Staff

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}

ROLES = {
    "sales_manager": "郑岚",
    "lead": "许诺",
    "receptionist": "苏晴",
    "salesperson": "林悦",
    "administrator": "顾北",
    "auditor": "秦明",
    "screen": "案场大屏",
}
LOOKS = [(width, *how) for width in SIZES for how in (("light", ""), ("dark", "color-contrast"))]
# A phone by day is looked at whole; the frame around a page is the same everywhere, but of a role's first pages.
FIRST = 4
LOOK = """async ([within, only]) => {
  for (const moving of document.getAnimations()) { try { moving.finish(); } catch { moving.cancel(); } }
  const wish = { resultTypes: ["violations"], rules: { "label-content-name-mismatch": { enabled: true } }, ...(only ? { runOnly: { type: "rule", values: [only] } } : {}) };
  const found = await axe.run(document.querySelector(within) || document, wish);
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} · ${n.failureSummary}`));
}"""
# What a designer sees at a glance: nothing wider than the glass, no hint cut off, one way back, one primary action.
FITS = """() => {
  const seen = (e) => e.getBoundingClientRect().width && !e.closest("details:not([open]), dialog");
  const all = (what) => [...document.querySelectorAll(what)].filter(seen);
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push("wider than the glass");
  const pen = document.createElement("canvas").getContext("2d");
  for (const box of all("main input[placeholder]")) {
    const look = getComputedStyle(box);
    pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    const room = box.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    if (pen.measureText(box.placeholder).width > room + 1) found.push(`cut off: ${box.placeholder}`);
  }
  if (all("main .page-head .where, main .trail").length > 1) found.push("two ways back");
  const ground = (e) => getComputedStyle(e).backgroundColor;
  const buttons = all("main .btn-primary");
  const loud = buttons.filter((e) => ground(e) === ground(buttons[0])).map((e) => e.textContent.trim());
  if (new Set(loud).size > 1) found.push(`several primary actions: ${loud.join(", ")}`);
  return found;
}"""
# An element with its class and the names of its attributes: what a page is made of, without its words.
TAG = re.compile(r"<([a-z][\w-]*)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r"([\w-]+)(?:=\"([^\"]*)\")?")
LINK = re.compile(r"<a\b[^>]*?href=\"(/[^\"#]*)")


def signed_in(browser: Browser, base: str, name: str) -> Page:
    """A page of this person's, signed in without the form."""
    client = Client()
    staff = Staff.objects.get(name=name)
    client.force_login(staff, backend="yingbin.people.backends.AccountOrPhone")
    context = browser.new_context(viewport=SIZES["1280"], locale="zh-CN", base_url=base)
    context.add_init_script(path=AXE)
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies["sessionid"].value,
                "url": base,
            }
        ]
    )
    return context.new_page()


def faults(page: Page, *, framed: bool = True) -> list[str]:
    """What axe finds on the open page: on a desk and a phone, by day and by night; `framed`: around it too."""
    found = []
    for width, scheme, only in LOOKS:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        whole = framed or (width, scheme) == ("390", "light")
        said = page.evaluate(LOOK, ["html" if whole else "main", only])
        found += [f"{width} {scheme} {words}" for words in said]
        if not only:
            found += [f"{width} {words}" for words in page.evaluate(FITS)]
    return found


def text_of(page: Page, path: str) -> tuple[str, str]:
    """Where the address leads to and the page there; nothing for a file, a fragment or a refusal."""
    answer = page.context.request.get(path)
    kind = answer.headers.get("content-type", "")
    text = answer.text() if answer.status == 200 and kind.startswith("text/html") else ""
    return "/" + answer.url.split("/", 3)[3], text if "<!DOCTYPE" in text else ""


def pieces_of(text: str) -> set[str]:
    """The kinds of elements of a page: two pages alike in this are judged alike."""
    found = set()
    for name, rest in TAG.findall(text):
        told = dict(ATTRIBUTE.findall(rest))
        found.add(" ".join([name, told.pop("class", ""), *sorted(told)]))
    return found


def route_of(path: str) -> str:
    """The address's pattern, or nothing."""
    try:
        return str(resolve(path.split("?", maxsplit=1)[0]).route)
    except Resolver404:
        return ""


def looked_over(page: Page, starts: list[str], built: dict[str, set[str]]) -> list[str]:
    """Every page that can be reached from these addresses; what axe says of those not built like one seen."""
    wrong, mine = [], set[str]()
    todo, known = list(starts), set(starts)
    while todo:
        path = todo.pop(0)
        if route_of(path) in mine:
            continue
        there, text = text_of(page, path)
        route = route_of(there)
        if not text or route in mine:
            continue
        mine.add(route)
        if not pieces_of(text) <= built.setdefault(route, set()):
            page.goto(there, wait_until="domcontentloaded")
            wrong += [f"{route}  {fault}" for fault in faults(page, framed=len(mine) < FIRST)]
        built[route] |= pieces_of(text)
        new = [href for href in LINK.findall(text) if href not in known]
        known.update(new)
        todo += new
    return wrong


def starts_of(role: str) -> list[str]:
    """Addresses without ids that the role may open."""
    from yingbin.people import roles

    allowed = roles.ROLES[role].allows
    may = [path for path, view in ALL if "x" not in path.split("/") and opens(view.access, allowed)]
    return [
        path
        for path in may
        if "-" * 4 not in path and len(path) < 60 and not path.startswith("/logout")
    ]


def opens(access: object, allowed: frozenset[str]) -> bool:
    return access in ("open", "signed_in") or (
        isinstance(access, tuple) and bool(set(access) & allowed)
    )


# Pages of a state in which none of the walks stands: a second factor half set up, slips and a sheet of people
# under way, somebody who left, a shared tablet, a session that just ended. They are made of the same fields.
ELSEWHERE = {
    *("login/code/", "login/again/", "login/here/", "me/code/", "me/code/recovery/"),
    *("staff/<uuid:staff_id>/return/", "staff/sheet/<uuid:run_id>/", "staff/slips/<uuid:slips_id>/"),
    *("switch/<uuid:staff_id>/", "floor/guest/thanks/", "back/"),
    *("floor/register/imports/<uuid:run_id>/columns/", "staff/sheet/<uuid:run_id>/columns/"),
    "approvals/<uuid:approval_id>/",
    # Of a show flat's day; this walk is a gallery's. What a visitor of a flat fills in is the gallery's own form.
    *("duty/roster/imports/<uuid:run_id>/", "duty/roster/imports/<uuid:run_id>/columns/"),
    *("duty/guests/<uuid:visit_id>/", "duty/guests/flat/<uuid:post>/", "duty/guests/flat/<uuid:post>/edit/"),
    *("duty/guests/flat/<uuid:post>/code/", "duty/guests/from-flats/<uuid:matching>/"),
    *("duty/guest/<str:token>/", "duty/guest/<str:token>/thanks/"),
    *("duty/handover/<uuid:handover>/sign/", "duty/self-checks/<uuid:row>/", "duty/incident/<uuid:incident>/"),
    *("duty/assets/<uuid:asset_id>/", "duty/scan/<str:mark>/"),
}  # fmt: skip
# Looked at by the two journeys below.
BELOW = {
    *("floor/guest/", "floor/guest/glass/", "floor/visit/<uuid:visit_id>/sign/", "logout/"),
    *("setup/", "setup/administrator/", "setup/site/"),
    *("setup/posts/", "setup/people/", "setup/done/"),
}
# Files, fragments and data; and "/", which only leads on.
NO_PAGE = re.compile(
    r"^$|^(static|api|healthz|sw\.js|manifest)|find/$|\.(xlsx|ics)$|^notices/<uuid:notice_id>/$|/(packet|file|pdf|report|export|excel|labels|damage-sheet|root/.*|proof|line)/$|^files/"
)


def may_be_a_page(path: str) -> bool:
    """Whether somebody may ask for the address at all; most verbs only listen to forms."""
    for name in ROLES.values():
        client = Client()
        client.force_login(
            Staff.objects.get(name=name), backend="yingbin.people.backends.AccountOrPhone"
        )
        answer = client.get(path)
        if answer.status_code in (200, 404):
            return True
    return False


def test_every_page_is_open_to_everybody(
    transactional_db: None, served: str, chromium: Browser
) -> None:
    lived_in()
    wrong: list[str] = []
    built: dict[str, set[str]] = {}
    for role, name in ROLES.items():
        page = signed_in(chromium, served, name)
        wrong += [f"{role} {fault}" for fault in looked_over(page, starts_of(role), built)]
        page.context.close()
    stranger = chromium.new_context(viewport=SIZES["1280"], locale="zh-CN", base_url=served)
    stranger.add_init_script(path=AXE)
    wrong += looked_over(stranger.new_page(), ["/login/"], built)
    stranger.close()
    assert not wrong, "\n".join(wrong)
    known = set(built) | ELSEWHERE | BELOW
    routes = [str(route) for route, _ in walk(get_resolver().url_patterns)]
    unseen = [r for r in routes if r not in known and not NO_PAGE.search(r)]
    paths = {route: path for route, (path, _) in zip(routes, ALL, strict=True)}
    missed = [route for route in unseen if may_be_a_page(paths[route])]
    assert not missed, "pages nobody looked at"


def test_the_customers_screen_is_open_to_everybody(
    hall: Gallery, enter: Enter, chromium: Browser
) -> None:
    visit = hall.arrive()
    page = enter("林悦", "/logout/", phone=True)
    assert not looked_at(page)
    page.goto(f"/floor/visit/{visit.id}/sign/")
    assert not looked_at(page)
    page.get_by_role("button", name="请客户签", exact=True).click()
    page.get_by_role("heading", name=re.compile("欢迎来到")).wait_for()
    assert not looked_at(page)
    page.get_by_label("您的姓名").fill("王建国")
    page.get_by_label(re.compile("^手机")).fill("13812341234")
    page.get_by_role("radio", name="同意", exact=True).check(force=True)
    page.get_by_role("button", name="下一步").click()
    page.locator("[data-glass][data-ready]").wait_for()
    assert not looked_at(page)


def looked_at(page: Page) -> list[str]:
    """What axe finds on a page that a journey has come to."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = faults(page)
    page.set_viewport_size(SIZES["390"])
    return found


def test_the_first_run_is_open_to_everybody(
    transactional_db: None, served: str, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=SIZES["1280"], locale="zh-CN", base_url=served)
    page = context.new_page()
    page.goto("/setup/")
    steps = [
        {"name": "澄湖置业"},
        {"name": "顾北", "account": "gubei", "phone": "13800010031", "new": "lotus-pond-7", "again": "lotus-pond-7"},
        {"name": "湖畔雅居销售中心", "short_name": "湖畔雅居"},
        {},
    ]  # fmt: skip
    for step in steps:
        assert not looked_at(page), page.url
        for field, value in step.items():
            page.locator(f"[name={field}]").fill(value)
        if kind := page.locator("[name=kind][value=sales_centre]").all():
            kind[0].check(force=True)
        here = page.url
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(lambda url, here=here: url != here, wait_until="commit")
    assert page.url.endswith("/setup/people/")
    assert not looked_at(page)
    page.goto("/setup/done/")
    assert not looked_at(page)
    context.close()
