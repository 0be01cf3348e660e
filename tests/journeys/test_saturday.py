"""The whole Saturday: two receptionists, eight salespeople and a manager, from signing in to the auditor."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import ROOT, Enter, sign
from tests.journeys.test_arrival import answer, arrive
from yingbin.gallery.export import contract_day
from yingbin.gallery.queries import history
from yingbin.journal import bundle
from yingbin.journal.export import export_lines
from yingbin.matters.models import Matter
from yingbin.web.demo import cast

SALES = [m.name for m in cast.SALES]


def sign_in(phone: Page, screen: Page) -> None:
    """The code stands on the gallery's screen and nowhere else."""
    code = screen.locator(".board-code b").inner_text()
    phone.locator("#code").fill(code)
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_text("已签到")).to_be_visible()


@pytest.mark.clause("TQ-1", "TQ-1.1", "TQ-1.2", "TQ-4", "TQ-6", "TQ-7", "TQ-9", "TQ-11", "SC-4.3.2")
def test_saturday(gallery: Gallery, enter: Enter, tmp_path: Path) -> None:
    screen = enter("案场大屏", "/gallery/board/")
    phones = {name: enter(name, "/gallery/mine/", phone=True) for name in SALES}
    for name in SALES:
        sign_in(phones[name], screen)
    manager = enter("郑岚", "/gallery/supervision/")
    manager.evaluate("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    manager.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    manager.get_by_role("button", name="开场并打印停电单").click()
    expect(manager.get_by_text("接下来十批新客户")).to_be_visible()
    assert manager.evaluate("window.printed") == 1, "opening asks for the printer, once"
    manager.get_by_role("link", name="去督导").click()
    expect(screen.locator(".board-people .next")).to_contain_text("下一位")
    order = gallery.queue()

    # Two desks, two groups; phones and the board change by themselves.
    desk, second = enter("苏晴"), enter("叶小满")
    arrive(desk, "张伟 13812345601")
    arrive(second, "李娜 13812345602")
    assert {answer(desk), answer(second)} == set(order[:2])
    first = phones[order[0]]
    expect(first.get_by_text("轮到您了")).to_be_visible()
    expect(screen.locator(".board-people")).to_contain_text("到访 1")
    first.get_by_role("button", name="我来接待").click()
    expect(first.get_by_text("正在接待")).to_be_visible()

    # Business leave is asked, approved, passed over, and comes back with a make-up turn (TQ-7).
    errand = phones[order[2]]
    errand.locator("#leave summary").click()
    errand.locator("#leave [name=note]").fill("去建行送按揭资料")
    errand.get_by_role("button", name="请经理批准").click()
    request = manager.locator("article.request", has_text=order[2])
    expect(request).to_be_visible()
    request.get_by_role("button", name="批准", exact=True).click()
    expect(errand.get_by_role("button", name="我回来了")).to_be_visible()
    arrive(desk, "王芳 13812345603")
    assert answer(desk) == order[3]
    expect(desk.locator(".answer")).to_contain_text(f"越过：{order[2]}")
    errand.get_by_role("button", name="我回来了").click()
    expect(errand.get_by_text("补接 1")).to_be_visible()
    arrive(second, "赵强 13812345604")
    assert answer(second) == order[2]

    # Someone receives a decorator in disguise; the manager asks the visitor in person (TQ-6).
    claimer = phones[order[3]]
    claimer.reload()
    claimer.get_by_text("其实是同行或无关人员").click()
    claimer.locator("details[open] [name=note]").fill("装修公司的业务员")
    claimer.get_by_role("button", name="申报无关来访").click()
    claim = manager.locator("article.claim")
    expect(claim).to_be_visible()
    claim.locator("[name=how]").fill("客户出示了名片")
    claim.get_by_role("button", name="客户已证实").click()
    expect(claim).to_have_count(0)
    assert gallery.person(order[3]).make_up == ("TQ-6",)

    # All eight are busy; a group waits, is served tea, and leaves with a contact (SC-4.3.2).
    while any(p.status == "free" for p in _people(gallery)):
        arrive(desk, "客户")
    arrive(desk, "等不及")
    assert answer(desk) == "请稍等"
    desk.goto("/gallery/waiting/")
    card = desk.locator("article.request", has_text="等不及")
    card.get_by_role("button", name="热茶").click()
    expect(card.locator(".asked")).to_contain_text("还没送")
    card.get_by_text("有问题答不上来").click()
    card.locator("[name=question]").fill("学区今年怎么划？")
    card.get_by_role("button", name="转出并跟到底").click()
    expect(desk.get_by_text("一直跟到客户得到答复")).to_be_visible()
    card.get_by_text("客户要先走").click()
    card.locator("[name=phone]").fill("13812345699")
    card.get_by_role("button", name="记录离开").click()
    expect(desk.get_by_text("没有客户在等")).to_be_visible()
    assert set(Matter.objects.values_list("kind", flat=True)) >= {
        "follow_up",
        "question",
        "service",
    }

    # The manager gives a visit to another, with a reason everybody sees (TQ-11).
    phones[order[0]].reload()
    sign(phones[order[0]])
    phones[order[0]].get_by_role("button", name="接待完毕").click()
    manager.reload()
    override = manager.locator("details[id^=ov-]", has_text=f"{order[1]}接待中")
    override.locator("summary").click()
    override.locator("[name=to]").select_option(label=order[0])
    override.locator("[name=reason]").fill("客户是他的邻居")
    override.get_by_role("button", name="调派").click()
    expect(
        manager.get_by_text("客户是他的邻居").or_(manager.get_by_text("调派")).first
    ).to_be_visible()
    seen = enter("吴敏", "/gallery/decisions/")
    expect(seen.locator("body")).to_contain_text("客户是他的邻居")

    # Closing is blocked with the list until nothing is open.
    manager.goto("/gallery/supervision/")
    expect(manager.get_by_text("办完才能收场")).to_be_visible()
    for _ in range(len(SALES)):
        busy = [p for p in _people(gallery) if p.status == "receiving"]
        if not busy:
            break
        manager.goto("/gallery/supervision/")
        row = manager.locator(f"#p-{busy[0].id}")
        row.locator("summary").click()
        row.get_by_label("登记没签的原因").fill("接待人已经离开")
        row.get_by_role("button", name="代为结束接待").click()
        expect(row.get_by_role("button", name="代为结束接待")).to_have_count(0)
    manager.goto("/gallery/supervision/")
    manager.get_by_role("link", name="收场", exact=True).click()
    expect(manager.get_by_text("现在收场？")).to_be_visible()
    manager.get_by_role("button", name="确认收场").click()
    expect(manager.get_by_text("签名封存")).to_be_visible()

    _the_auditor(gallery, tmp_path)


def _people(gallery: Gallery) -> list:
    from yingbin.gallery.queries import board

    live = board.board(gallery.site)
    assert live is not None
    return live.people


def _the_auditor(gallery: Gallery, folder: Path) -> None:
    """Stored state, stored events replayed, exported day replayed and the offline verifier agree."""
    day = history.day_of(gallery.site, None)
    assert day is not None
    assert history.disagreements(day) == []
    (folder / "day.json").write_text(json.dumps(contract_day(day), ensure_ascii=False))
    command = [
        sys.executable,
        "-m",
        "yingbin.rules.cli",
        "turns",
        "replay",
        str(folder / "day.json"),
    ]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told = [d["because"] for d in json.loads(out)["decisions"]]
    assert told == list(
        day.decisions.filter(event__undone__isnull=True)
        .order_by("seq", "position")
        .values_list("because", flat=True)
    )
    bundle.write_one_file(folder / "verify.py")
    (folder / "export.jsonl").write_text("".join(export_lines(gallery.site)), encoding="utf-8")
    check = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py"), str(folder / "export.jsonl")],
        capture_output=True,
        text=True,
    )
    assert check.returncode == 0, check.stdout
    assert re.search("完好 OK", check.stdout)
