"""The scripts in a real browser over a line that fails: nothing typed is lost, nothing sent twice."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

JS = Path(__file__).resolve().parents[2] / "yingbin/pages/static/pages/js"
UNSENT = JS.parents[3] / "duty/static/duty/unsent.js"
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


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(LINE)
    page.route("**/*.js", lambda r: r.fulfill(path=JS / r.request.url.rsplit("/", 1)[1]))
    page.route("**/unsent.js", lambda r: r.fulfill(path=UNSENT))
    yield page
    context.close()


Opens = Callable[..., None]


@pytest.fixture
def opens(page: Page) -> Opens:
    """Opens a page that holds this."""

    def go(body: str, attributes: str = "") -> None:
        html = paper(body, attributes)
        headers = {"Content-Security-Policy": CSP}
        page.route(HOME, lambda r: r.fulfill(body=html, content_type="text/html", headers=headers))
        page.goto(HOME)

    return go


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


def test_a_lost_line_keeps_what_was_typed_and_the_key(page: Page, opens: Opens) -> None:
    opens(FORM)
    desk = Desk(fails, answers(200, "<h1>王建国</h1>"))
    page.route("**/save/", desk)
    page.fill("[name=name]", "刘女士")
    page.click("button")
    expect(page.locator("[data-lost]")).to_have_text("没有连上，内容还在，请再点一次。")
    expect(page.locator("[name=name]")).to_have_value("刘女士")
    expect(page.locator("button")).not_to_have_attribute("aria-busy", "true")
    page.click("button")
    expect(page.locator("h1")).to_have_text("王建国")
    assert desk.keys() == ["one-key", "one-key"]
    assert all("刘女士" in c and 'name="go"' in c for c in desk.came)


@pytest.mark.parametrize(
    ("status", "words"),
    [(502, "没有保存成功"), (503, "没有保存成功"), (504, "没有保存成功"), (500, "程序出错了")],
)
def test_what_was_not_saved_says_so_and_can_be_sent_again(
    page: Page, opens: Opens, status: int, words: str
) -> None:
    opens(FORM)
    page.route("**/save/", Desk(answers(status, "<h1>别的页</h1>"), answers(200, "<h1>好</h1>")))
    page.fill("[name=name]", "刘女士")
    page.click("button")
    expect(page.locator("[data-lost]")).to_contain_text(words)
    expect(page.locator("[name=name]")).to_have_value("刘女士")
    page.click("button")
    expect(page.locator("h1")).to_have_text("好")


def test_two_taps_send_once(page: Page, opens: Opens) -> None:
    opens(FORM)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/save/", hold)
    page.dblclick("button")
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.wait_for_timeout(300)
    assert len(held) == 1
    answers(200, "<h1>好</h1>")(held[0])
    expect(page.locator("h1")).to_have_text("好")


@pytest.mark.parametrize("status", [422, 409])
def test_a_refusal_is_shown_and_gets_the_focus(page: Page, opens: Opens, status: int) -> None:
    opens(FORM)
    page.route("**/save/", Desk(answers(status, '<p class="refused">人数至少 1 人。</p>')))
    page.click("button")
    expect(page.locator(".refused")).to_be_focused()
    assert page.url == HOME


def test_after_a_move_the_address_and_the_body_are_the_new_pages(page: Page, opens: Opens) -> None:
    opens(FORM)
    seen = paper("<h1>到访 21</h1>", 'class="framed" data-live="/live/visit/"')
    page.evaluate(MOVED, [HOME + "visit/", seen])
    page.click("button")
    expect(page.locator("h1")).to_have_text("到访 21")
    assert page.url == HOME + "visit/"
    expect(page.locator("body")).to_have_class("framed")
    assert page.evaluate("line.url") == "/live/visit/"


def test_a_form_left_to_the_browser_is_left_alone(page: Page, opens: Opens) -> None:
    opens(FORM.replace('id="arrival"', "data-plain"))
    page.route("**/save/", Desk(answers(200, "<h1>下载</h1>")))
    page.click("button")
    expect(page.locator("h1")).to_have_text("下载")
    assert page.url == HOME + "save/"


LOOKUP = """
<form method="post" data-lookup="/find/">
  <input type="hidden" name="csrfmiddlewaretoken" value="secret"><input type="hidden" name="key" value="k">
  <input id="q" name="q" data-asks>
</form><div data-lookup-slot="found"></div>
"""


def test_the_latest_question_wins_and_stands_in_no_address(page: Page, opens: Opens) -> None:
    opens(LOOKUP)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/find/**", hold)
    for count, text in enumerate(("88", "8821"), 1):
        page.fill("#q", text)
        for _ in range(100):
            if len(held) < count:
                page.wait_for_timeout(50)
    assert [r.request.url for r in held] == [f"{HOME}find/"] * 2, (
        "what is asked stays out of addresses"
    )
    asked = [r.request.post_data for r in held]
    assert asked == [f"csrfmiddlewaretoken=secret&q={text}" for text in ("88", "8821")]
    for route, found in [(held[1], "刘晓燕"), (held[0], "很多人")]:
        with page.expect_response("**/find/**"):
            route.fulfill(body=f'<div data-slot="found">{found}</div>', content_type="text/html")
        expect(page.locator("[data-lookup-slot]")).to_have_text("刘晓燕")
    page.wait_for_timeout(100)
    expect(page.locator("[data-lookup-slot]")).to_have_text("刘晓燕")


def test_an_answer_for_a_form_that_is_gone_stands_on_no_other_page(
    page: Page, opens: Opens
) -> None:
    opens(LOOKUP)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/find/**", hold)
    page.fill("#q", "3-2-1801")
    for _ in range(100):
        if not held:
            page.wait_for_timeout(50)
    page.evaluate(
        "main.innerHTML = main.innerHTML"
    )  # saved: the form stands there for the next call
    with page.expect_response("**/find/**"):
        held[0].fulfill(body='<div data-slot="found">3-2-1801</div>', content_type="text/html")
    page.wait_for_timeout(100)
    expect(page.locator("[data-lookup-slot]")).to_have_text("")
    page.fill("#q", "8821")
    page.evaluate("main.innerHTML = main.innerHTML")  # and before it is asked at all
    page.wait_for_timeout(300)
    assert len(held) == 1


def test_steppers_stay_between_their_ends(page: Page, opens: Opens) -> None:
    opens(
        '<input type="number" id="n" min="1" max="3" value="2">'
        '<button data-step="-1" data-for="n">−</button><button data-step="1" data-for="n">+</button>'
    )
    for _ in range(3):
        page.click("[data-step='1']")
    expect(page.locator("#n")).to_have_value("3")
    for _ in range(5):
        page.click("[data-step='-1']")
    expect(page.locator("#n")).to_have_value("1")


def test_the_pin_pad_writes_into_the_box_and_a_full_box_sends_itself(
    page: Page, opens: Opens
) -> None:
    keys = "".join(
        f'<button type="button" data-digit="{d}" data-for="pin">{d}</button>' for d in "258"
    )
    back = '<button type="button" data-digit="back" data-for="pin">⌫</button>'
    opens(
        f'<form method="post" action="/save/"><input type="hidden" name="key" value="k">'
        f'<input id="pin" name="pin" type="password" maxlength="4">{keys}{back}</form>'
    )
    desk = Desk(answers(200, "<h1>林悦</h1>"))
    page.route("**/save/", desk)
    for digit in ["2", "2", "back", "5", "8"]:
        page.click(f"[data-digit='{digit}']")
    expect(page.locator("#pin")).to_have_value("258")
    page.click("[data-digit='2']")
    expect(page.locator("h1")).to_have_text("林悦")
    assert "2582" in desk.came[0]


def test_a_question_folds_until_its_answer_is_chosen(page: Page, opens: Opens) -> None:
    opens(
        '<form><input type="radio" name="contact" value="no" checked>'
        '<input type="radio" name="contact" value="named"><p data-when="contact=named">哪一位</p></form>'
    )
    expect(page.locator("p")).to_be_hidden()
    page.check("[value=named]")
    expect(page.locator("p")).to_be_visible()


def test_a_countdown_takes_its_block_away_when_it_is_over(page: Page, opens: Opens) -> None:
    page.clock.install()
    opens('<form data-gone-after>撤销 <span data-countdown=""></span></form>')
    page.evaluate(
        "document.querySelector('[data-countdown]').dataset.countdown = new Date(Date.now() + 62000).toISOString()"
    )
    page.clock.run_for(2000)
    expect(page.locator("span")).to_have_text(re.compile("1:00|0:59"))
    page.clock.run_for(61_000)
    expect(page.locator("form")).to_be_hidden()


# --- live ---------------------------------------------------------------------

SLOT = '<div data-live-slot="mine"><p>第 3 位</p></div>'
LIVE = 'data-live="/live/mine/"'


def test_a_fragment_takes_its_place(page: Page, opens: Opens) -> None:
    opens(SLOT, LIVE)
    page.evaluate("line.say('mine', '<p>第 2 位</p>')")
    expect(page.locator("[data-live-slot]")).to_have_text("第 2 位")


def test_a_page_that_is_not_live_opens_no_stream(page: Page, opens: Opens) -> None:
    opens(SLOT)
    assert page.evaluate("line.opened") == 0


def test_silence_is_said_after_three_seconds_and_ends_by_itself(page: Page, opens: Opens) -> None:
    page.clock.install()
    opens(SLOT, LIVE)
    banner = page.locator("[data-offline]")
    for _ in range(3):
        page.clock.run_for(2000)
        page.evaluate("line.say('beat', '1')")
    expect(banner).to_be_hidden()
    page.clock.run_for(2500)
    expect(banner).to_be_hidden()
    page.clock.run_for(1500)
    expect(banner).to_be_visible()
    expect(banner).to_have_text(re.compile("断线 [34] 秒"))
    before = page.evaluate("line.opened")
    page.clock.run_for(9000)
    assert page.evaluate("line.opened") >= before + 2
    page.evaluate("line.say('mine', '<p>第 1 位</p>')")
    expect(banner).to_be_hidden()
    expect(page.locator("[data-live-slot]")).to_have_text("第 1 位")
    expect(page.locator("[data-toasts]")).to_contain_text("已重新连上")


def test_a_new_turn_shakes_the_phone_once(page: Page, opens: Opens) -> None:
    opens(SLOT, LIVE)
    for _ in range(3):
        page.evaluate("""line.say('mine', '<p data-ring="v25">轮到您了</p>')""")
    assert page.evaluate("window.shaken") == 1
    page.evaluate("""line.say('mine', '<p data-ring="v26">轮到您了</p>')""")
    assert page.evaluate("window.shaken") == 2


def test_what_the_page_opened_with_does_not_ring(page: Page, opens: Opens) -> None:
    opens('<div data-live-slot="mine"><p data-ring="v25">轮到您了</p></div>', LIVE)
    page.evaluate("""line.say('mine', '<p data-ring="v25">轮到您了</p>')""")
    assert page.evaluate("window.shaken || 0") == 0


def test_a_button_that_is_held_is_still_there_when_the_finger_goes_up(
    page: Page, opens: Opens
) -> None:
    button = '<button type="button" id="over">处理完了</button>'
    opens(f'<div data-live-slot="mine">{button}</div>', LIVE)
    page.evaluate("document.addEventListener('click', (e) => { window.tapped = e.target.id; })")
    page.locator("#over").hover()
    page.mouse.down()
    page.evaluate("line.say('mine', '<button type=button id=fresh>处理完了</button>')")
    page.mouse.up()
    assert page.evaluate("window.tapped") == "over"
    expect(page.locator("#fresh")).to_be_visible()


def test_nothing_is_taken_from_under_the_hands(page: Page, opens: Opens) -> None:
    opens('<div data-live-slot="mine"><input name="note"></div><button>别处</button>', LIVE)
    page.fill("[name=note]", "去建行送资料")
    page.evaluate("line.say('mine', '<input name=note><p>新的</p>')")
    expect(page.locator("[name=note]")).to_have_value("去建行送资料")
    expect(page.locator("[data-live-slot] p")).to_have_count(0)
    page.fill("[name=note]", "")
    page.focus("button")
    expect(page.locator("[data-live-slot] p")).to_have_text("新的")


def test_what_was_unfolded_and_focused_stays_so(page: Page, opens: Opens) -> None:
    part = '<details id="leave"><summary id="s">离开</summary>{}</details>'
    opens(f'<div data-live-slot="mine">{part.format("一")}</div>', LIVE)
    page.click("summary")
    page.evaluate("html => line.say('mine', html)", part.format("二"))
    expect(page.locator("details")).to_have_attribute("open", "")
    expect(page.locator("#s")).to_be_focused()


DUTY = "http://desk.test/s/flat/duty/line/new/"
SLIP = """<script src="/unsent.js" defer></script>
<form method="post" action="/s/flat/duty/line/new/"><input type="hidden" name="key" value="slip-key">
<textarea name="title"></textarea><button name="kind" value="slip">记下</button></form>"""


@pytest.fixture
def flat(page: Page) -> Desk:
    """A page of a day on duty; the server's side answers what the test says."""
    headers, html = {"Content-Security-Policy": CSP}, paper(SLIP, 'data-who="ye"')
    desk = Desk()

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            return desk(route)
        return route.fulfill(body=html, content_type="text/html", headers=headers)

    page.route("**/duty/**", answer)
    page.goto(DUTY)
    return desk


def test_a_slip_on_a_lost_line_goes_by_itself_under_its_key_and_says_when_it_was_typed(
    page: Page, flat: Desk
) -> None:
    flat.answers = [fails, answers(503, ""), answers(200, "<h1>已记下</h1>")]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_contain_text("一连上就自动发出去，不用再点")
    expect(page.locator("h1")).to_have_text("已记下", timeout=12000)
    assert flat.keys() == ["slip-key"] * 3
    assert all("客户问学区" in c and 'name="kind"' in c for c in flat.came)
    assert ["typed_at" in c for c in flat.came] == [False, True, True]
    assert page.evaluate("localStorage.getItem('yb-unsent')") == "[]"


def test_a_page_closed_without_a_line_takes_up_what_was_typed_when_it_is_opened_again(
    page: Page, flat: Desk
) -> None:
    flat.answers = [fails, answers(200, "<h1>已记下</h1>")]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_be_visible()
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("客户问学区")
    expect(page.locator("h1")).to_have_text("已记下")
    assert flat.keys() == ["slip-key"] * 2


def test_what_waits_is_nobody_else_s(page: Page, flat: Desk) -> None:
    flat.answers = [fails]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_be_visible()
    page.evaluate("document.body.dataset.who = 'chen'")
    page.evaluate("document.dispatchEvent(new CustomEvent('yb:page'))")
    page.wait_for_timeout(2500)
    assert len(flat.came) == 1
