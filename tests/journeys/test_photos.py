"""Photos from a phone: each goes up as soon as it is taken, a lost line loses none and stores none twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.files.shelf import picture
from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter, serve
from yingbin.files.models import StoredFile

HERE = "/style/photos/"


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[str]:
    """The style guide is there while developing only."""
    yield from serve(YINGBIN_DEBUG="1")


def shot(number: int, width: int = 1200, height: int = 900) -> dict[str, object]:
    data = picture(width + number, height)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": data}


def choose(page: Page, *numbers: int) -> None:
    page.locator("[data-ready] input[multiple]").set_input_files([shot(n) for n in numbers])  # type: ignore[arg-type]


def fits(page: Page) -> None:
    """Nothing sticks out of the screen, by day and by night."""
    for theme in ("light", "dark"):
        page.evaluate("t => { document.documentElement.dataset.theme = t }", theme)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), theme


def test_several_photos_go_up_at_once_and_with_the_form(gallery: Gallery, enter: Enter) -> None:
    """One is of 20 MB: the phone makes it as small as it is kept before it is sent."""
    page, sent = enter("苏晴", HERE, phone=True), []
    page.on(
        "request",
        lambda r: sent.append(len(r.post_data_buffer or b"")) if r.method == "POST" else None,
    )
    fits(page)
    choose(page, 1, 2)
    large = picture(3000, 2000)
    heavy = large + b"\0" * (20 * 1024 * 1024 - len(large))
    file = {"name": "IMG_3.jpg", "mimeType": "image/jpeg", "buffer": heavy}
    page.locator("[data-ready] input[multiple]").set_input_files([file])  # type: ignore[list-item]
    expect(page.locator(".photo img")).to_have_count(3)
    assert len(sent) == 3
    assert max(sent) < 1024 * 1024
    assert StoredFile.objects.filter(attached_at__isnull=True).count() == 3
    page.locator("#id_words").fill("三楼漏水")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 3 张。")).to_be_visible()
    assert StoredFile.objects.filter(attached_at__isnull=False).count() == 3
    page.reload()
    expect(page.locator("[data-photos-list] .photo")).to_have_count(0)
    fits(page)


def test_a_photo_waits_for_the_line_and_goes_by_itself(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE, phone=True)
    page.context.set_offline(True)
    choose(page, 1, 2)
    expect(page.locator(".photo canvas")).to_have_count(2)
    expect(page.locator(".photo.is-lost").first).to_be_visible()
    page.locator("#id_words").fill("漏水")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("还有 2 张没传完")).to_be_visible()
    fits(page)
    page.context.set_offline(False)
    expect(page.locator(".photo img")).to_have_count(2)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 2 张。")).to_be_visible()


def test_an_answer_that_is_lost_on_the_way_stores_nothing_twice(
    gallery: Gallery, enter: Enter
) -> None:
    page, lost = enter("苏晴", HERE, worker="block"), []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/files/", lose)
    choose(page, 1)
    expect(page.locator(".photo img")).to_have_count(1)
    assert lost == [200]
    assert StoredFile.objects.count() == 1


def test_a_page_left_without_a_line_has_its_photos_again(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE, phone=True, worker="block")
    page.route("**/files/", lambda route: route.abort())
    choose(page, 1, 2)
    expect(page.locator(".photo.is-lost").first).to_be_visible()
    page.goto("/")
    page.unroute("**/files/")
    page.goto(HERE)
    expect(page.locator(".photo img")).to_have_count(2)
    assert StoredFile.objects.count() == 2


def test_another_person_at_the_same_device_sees_none_of_them(
    gallery: Gallery, enter: Enter
) -> None:
    page = enter("苏晴", HERE, worker="block")
    page.route("**/files/", lambda route: route.abort())
    choose(page, 1)
    expect(page.locator(".photo.is-lost").first).to_be_visible()
    page.unroute("**/files/")
    page.evaluate("document.body.dataset.who = 'somebody-else'")
    page.evaluate(
        "() => { const f = document.querySelector('[data-photos]'); delete f.dataset.ready;"
        " f.querySelector('[data-photos-list]').replaceChildren();"
        " document.dispatchEvent(new CustomEvent('yb:page')); }"
    )
    expect(page.locator("[data-photos][data-ready]")).to_have_count(1)
    page.wait_for_timeout(500)
    expect(page.locator(".photo")).to_have_count(0)


# While the camera is open, an answer to another form puts a new page in the place of this one.
MADE_WAY = """async () => {
  const input = document.querySelector("[data-ready] input[multiple]"), taken = new DataTransfer();
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
  const html = await (await fetch(location.href)).text();
  document.body.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  document.dispatchEvent(new CustomEvent("yb:page"));
  taken.items.add(new File([blob], "IMG.jpg", { type: "image/jpeg" }));
  input.files = taken.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def test_a_photo_taken_while_the_page_made_way_for_its_like_is_not_lost(
    gallery: Gallery, enter: Enter
) -> None:
    page = enter("苏晴", HERE, phone=True)
    page.evaluate(MADE_WAY)
    expect(page.locator("[data-photos][data-ready] .photo img")).to_have_count(1)
    page.locator("#id_words").fill("拍照时页面换了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 1 张。")).to_be_visible()


def test_one_is_taken_away_before_it_is_sent(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE)
    choose(page, 1, 2)
    expect(page.locator(".photo img")).to_have_count(2)
    with page.expect_response("**/remove/"):
        page.get_by_role("button", name="去掉这张").first.click()
    expect(page.locator(".photo")).to_have_count(1)
    page.locator("#id_words").fill("一张就够")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 1 张。")).to_be_visible()
    assert StoredFile.objects.get(gone_why="removed").attached_at is None


def test_nine_are_the_most_and_what_is_no_picture_says_so(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE, phone=True)
    wrong = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<html>no picture</html>"}
    page.locator("[data-ready] input[multiple]").set_input_files([wrong])  # type: ignore[list-item]
    expect(page.locator(".photo.is-wrong")).to_contain_text("不是能用的照片")
    fits(page)
    choose(page, *range(11))
    expect(page.locator(".photo img")).to_have_count(9)
    expect(page.get_by_role("button", name="提交")).to_be_visible()
    assert page.locator(".photo-take").is_hidden()
    fits(page)
    page.locator("#id_words").fill("九张")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 9 张。")).to_be_visible()


def test_a_form_refused_for_something_else_keeps_its_photos(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE)
    choose(page, 1)
    expect(page.locator(".photo img")).to_have_count(1)
    page.evaluate("document.querySelector('form.card').noValidate = true")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写说明")).to_be_visible()
    expect(page.locator(".photo img")).to_have_count(1)
    page.locator("#id_words").fill("补上")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 1 张。")).to_be_visible()


def test_without_script_photos_come_with_the_form(gallery: Gallery, enter: Enter) -> None:
    page = enter("苏晴", HERE, phone=True, script=False)
    page.locator("input[multiple]").set_input_files([shot(1), shot(2)])  # type: ignore[list-item]
    page.locator("#id_words").evaluate("box => box.removeAttribute('required')")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写说明")).to_be_visible()
    expect(page.locator(".photo img")).to_have_count(2)
    page.get_by_label("留下").first.uncheck()
    page.locator("#id_words").fill("一张")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到 1 张。")).to_be_visible()
