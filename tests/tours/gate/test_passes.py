"""Passes on the visitor's phone and on paper: printed, handed out, printed again after a change (CV-4.1, CV-4.3)."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from yingbin.rules.decision import Refused
from yingbin.tours import keyring
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions.passes import moved, print_passes, rotate_key
from yingbin.tours.links import digest_of
from yingbin.tours.models import PassPaper, PassRevision, TourVisit
from yingbin.tours.pass_paper import code_of, passes_pdf
from yingbin.tours.queries.gate_pages import lines_of
from yingbin.tours.queries.passes import passes_of
from yingbin.tours.token import BadToken, verified

from .post import SHOP, Post

LONG = "临江市第二中学高二三班研学旅行代表团与随行教师及家长委员会成员代表一行共同参访人员名单之一二三四"


def paper(pdf: bytes) -> tuple[int, str]:
    """Pages and text of a PDF, without line breaks."""
    read = pypdf.PdfReader(BytesIO(pdf))
    return len(read.pages), "".join("".join(page.extract_text().split()) for page in read.pages)


def printed_of(post: Post, visit: TourVisit, *, card: bool) -> tuple[int, str]:
    lines = lines_of([one.line.row for one in passes_of(post.site, visit.id)])
    return paper(passes_pdf(lines, post.now, card=card))


@pytest.mark.clause("CV-4.1", "CV-4.3")
def test_a_badge_says_who_where_when_with_whom_and_whether_to_photograph(post: Post) -> None:
    visit = post.visit(visitor="云启科技")
    number = post.issue(visit, 4, SHOP)
    post.issue(visit, 1, photo=True)
    pages, said = printed_of(post, visit, card=False)
    assert pages == 1
    for words in (
        "云启科技",
        f"{number}号",
        "4人",
        "陪同韩工",
        "厂区、车间",
        "请勿拍照",
        "准许拍照",
        "2026-11-23",
    ):
        assert words in said


@pytest.mark.parametrize(("card", "pages"), [(False, 2), (True, 9)])
def test_nine_passes_fill_a_sheet_and_begin_another_or_a_card_each(
    post: Post, card: bool, pages: int
) -> None:
    visit = post.visit()
    for _ in range(9):
        post.issue(visit)
    assert printed_of(post, visit, card=card)[0] == pages


@pytest.mark.parametrize(
    "name", [LONG, "𠮷野家 & <b>#\\* 张*", "Society-of-Extraordinarily-Long-Names-Inc"]
)
def test_no_name_breaks_a_badge_or_stands_as_a_box(post: Post, name: str) -> None:
    visit = post.visit(visitor=name)
    post.issue(visit)
    pages, said = printed_of(post, visit, card=True)
    assert pages == 1
    shown = said.replace("\u200b", "")
    if "𠮷" in name and "𠮷" not in shown:
        assert "〔U+20BB7〕" in shown, "what no font draws stands as its number"
    else:
        assert "".join(name.split())[:12] in shown
    assert "\ufffd" not in shown


@pytest.mark.clause("CV-4.1")
def test_printed_and_handed_out_are_facts_of_their_own_and_a_move_asks_for_new_paper(
    post: Post,
) -> None:
    visit = post.visit()
    number = post.issue(visit)
    browser = post.browser("苏青")
    answer = browser.post(reverse("tours:print_passes", args=[visit.id]))
    assert answer.headers["Content-Type"] == "application/pdf"
    browser.post(reverse("tours:hand_out", args=[visit.id]))
    told = list(PassPaper.objects.order_by("seq").values_list("what", "revision__number"))
    assert told == [("printed", 1), ("handed_out", 1)]
    visit.ends_at += timedelta(minutes=20)
    visit.save()
    post.within(lambda pen: {"_": moved(pen, visit)}, "苏青")
    page = browser.get(reverse("tours:passes", args=[visit.id])).content.decode()
    again = 'danger">要重印'
    assert again in page
    browser.post(
        reverse("tours:print_passes", args=[visit.id]), {"number": str(number), "card": "1"}
    )
    assert again not in browser.get(reverse("tours:passes", args=[visit.id])).content.decode()
    assert post.faults() == []


def test_a_revision_that_no_longer_holds_is_not_printed(post: Post) -> None:
    visit = post.visit()
    number = post.issue(visit)
    old = PassRevision.objects.get()
    post.do(verbs.reissue, "苏青", number=number, reason="换一张")
    with pytest.raises(Refused, match="已经不是现在的证"):
        post.do(print_passes, "苏青", revisions=(old.id,))
    post.do(verbs.revoke, "苏青", number=number, reason="不来了")
    answer = post.browser("苏青").post(reverse("tours:print_passes", args=[visit.id]))
    assert answer.status_code == 422
    assert "没有找到这些参观证" in answer.content.decode()


def on_phone(post: Post, secret: str, lang: str = "zh") -> Any:
    return Client().get(
        reverse("tours:public_passes", args=[post.place.code, secret]), {"lang": lang}
    )


@pytest.mark.clause("CV-4.1")
def test_the_visitors_phone_shows_the_pass_and_changes_it_by_itself(post: Post) -> None:
    visit = post.visit(key_digest=digest_of("a-secret"), language="zh")
    number = post.issue(visit, 3)
    first = on_phone(post, "a-secret")
    said = first.content.decode()
    assert f"{number} 号证" in said
    assert "请勿拍照" in said
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", said, flags=re.S)
    assert "no-store" in first.headers["Cache-Control"]
    visit.ends_at += timedelta(minutes=20)
    visit.save()
    post.within(lambda pen: {"_": moved(pen, visit)}, "苏青")
    assert on_phone(post, "a-secret").content != first.content
    english = on_phone(post, "a-secret", "en").content.decode()
    assert "No photographs, please" in english
    assert "厂区" not in english


def test_nobody_learns_anything_from_a_link_that_is_none(post: Post) -> None:
    visit = post.visit(key_digest=digest_of("a-secret"))
    number = post.issue(visit)
    assert on_phone(post, "another").status_code == 404
    post.do(verbs.revoke, "苏青", number=number, reason="不来了")
    assert on_phone(post, "a-secret").status_code == 404, "nothing to show any more"


@pytest.mark.clause("CV-4.1")
def test_after_a_rotation_printed_codes_hold_and_phones_show_the_new_key(post: Post) -> None:
    row = post.row(post.issue(post.visit(hours=3)))
    old = code_of(row, post.now)
    post.do(rotate_key, "苏青")
    new = code_of(row, post.now)
    assert old != new
    keys = keyring.public_keys(post.site, post.now)
    assert verified(old, keys) == verified(new, keys)
    post.later(hours=4)
    with pytest.raises(BadToken, match="unknown_key"):
        verified(old, keyring.public_keys(post.site, post.now))


def test_who_has_nothing_to_do_with_a_visit_prints_nothing_of_it(post: Post) -> None:
    visit = post.visit()
    post.issue(visit)
    assert post.browser("高磊").get(reverse("tours:passes", args=[visit.id])).status_code == 403
    assert (
        post.browser("高磊").post(reverse("tours:print_passes", args=[visit.id])).status_code == 403
    )
    assert not PassPaper.objects.exists()


@pytest.mark.clause("CV-4.3")
def test_an_escort_has_the_permission_and_the_polite_words_in_two_languages_on_the_phone(
    post: Post,
) -> None:
    visit = post.visit(visitor="云启科技")
    post.issue(visit, 4)
    post.issue(visit, 2)
    page = post.browser("韩工").get(reverse("tours:mine")).content.decode()
    for words in (
        "云启科技",
        "6 人 · 1—2 号共 2 张证",
        "请勿拍照",
        "不方便拍照",
        "we can't allow photographs",
        'lang="en"',
    ):
        assert words in page
    assert "云启科技" not in post.browser("苏青").get(reverse("tours:mine")).content.decode()


@pytest.mark.clause("CV-4.3")
def test_where_photographs_are_permitted_nobody_is_asked_to_put_a_camera_away(post: Post) -> None:
    number = post.issue(post.visit(), photo=True)
    page = post.browser("韩工").get(reverse("tours:mine")).content.decode()
    assert "准许拍照" in page
    assert "不方便拍照" not in page
    post.do(verbs.take_back, "高磊", number=number)
    assert "您带的客人" not in post.browser("韩工").get(reverse("tours:mine")).content.decode()
