"""A box that asks while one types: the latest question wins, and none stands in an address."""

from playwright.sync_api import Page, Route, expect

from .wire import HOME, Opens

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
