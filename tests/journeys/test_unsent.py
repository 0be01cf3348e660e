"""A slip with photos, written where there is no line: it goes once, with all of them, though its page was closed."""

import io

from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter
from yingbin.duty.actions.planning import keep_post
from yingbin.duty.actions.presence import sign_on
from yingbin.files.models import StoredFile
from yingbin.matters.models import Matter
from yingbin.people.models import Site


def shot(number: int) -> dict[str, object]:
    """As a phone takes it: large, and no two alike."""
    grain = Image.effect_noise((2400, 1800), 30 + number).convert("RGB")
    out = io.BytesIO()
    grain.save(out, "JPEG", quality=95)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def uploads(page: Page) -> list[Request]:
    """The photos that went from this page."""
    found: list[Request] = []
    page.on("requestfinished", lambda r: found.append(r) if r.url.endswith("/files/") else None)
    return found


def test_a_slip_with_two_photos_goes_once_from_whatever_page_is_opened_next(
    gallery: Gallery, enter: Enter
) -> None:
    keep_post(gallery.acting("许诺"), name="沙盘", kind="sales_centre")
    sign_on(gallery.acting("苏晴"))
    duty = f"/s/{Site.objects.get(id=gallery.site).code}/duty/"
    page = enter("苏晴", f"{duty}line/new/", phone=True)
    page.context.set_offline(True)
    shots = [shot(1), shot(2)]
    page.locator("[data-ready] input[multiple]").set_input_files(shots)  # type: ignore[arg-type]
    expect(page.locator(".photo canvas")).to_have_count(2)
    page.get_by_label("什么事").fill("主卧窗把手松动")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("传完就自动发出去，不用再点")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    sent = uploads(page)
    page.goto(duty)
    expect(page.get_by_text("刚才没发出去的，已经发出去了。")).to_be_visible()
    line = Matter.objects.get(title="主卧窗把手松动")
    assert StoredFile.objects.filter(about_id=line.id).count() == StoredFile.objects.count() == 2
    assert Matter.objects.count() == 1
    bytes_sent = sum(int(r.all_headers()["content-length"]) for r in sent)
    assert 0 < bytes_sent < sum(len(bytes(s["buffer"])) for s in shots) / 2  # type: ignore[arg-type]
    page.goto(f"{duty}line/new/")
    expect(page.get_by_label("什么事")).to_have_value("")
    expect(page.locator("[data-photos][data-ready] .photo")).to_have_count(0)
