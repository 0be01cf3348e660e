"""Cards, forms, filters, rows and buttons as templates write them: what was typed stays, and the page leads to it."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

import yingbin
from yingbin.pages.forms import KeyedForm, first_error, text


class NameForm(KeyedForm):
    """A name, a reason and one of two."""

    name = text("名称", 8)
    reason = text("原因")
    works = forms.ChoiceField(label="这一天", choices=[("no", "不开放"), ("yes", "照常开放")])


def shown(source: str, **told: object) -> str:
    request = RequestFactory().get("/")
    return Template(source).render(Context({"request": request, "csrf_token": "TOKEN", **told}))


def _sent(**told: str) -> NameForm:
    form = NameForm({"name": "前台", "reason": "换季", "works": "yes", "key": "k1", **told})
    form.is_valid()
    return form


FORM = (
    '{% form_card form "岗位" to="/place/" %}'
    "{% field form.name %}{% field form.reason %}{% choices form.works %}{% endform_card %}"
)


def test_a_card_is_named_by_its_heading() -> None:
    html = shown('{% card "部门" "departments" aside="3 个" look="narrow" %}<p>…</p>{% endcard %}')
    assert '<section class="card narrow" aria-labelledby="h-departments">' in html
    assert '<h2 id="h-departments">部门</h2><span class="aside">3 个</span>' in html
    assert "<p>…</p></section>" in html


def test_a_form_carries_token_key_and_where_to_go_on() -> None:
    html = shown(FORM, form=NameForm(), next="/me/")
    assert 'method="post" action="/place/"' in html
    assert 'name="csrfmiddlewaretoken" value="TOKEN"' in html
    assert re.search(r'name="key" value="[\w-]{16,}"', html)
    assert 'name="next" value="/me/"' in html
    assert "refused" not in html
    assert "autofocus" not in html, "a fresh page leads nowhere"


def test_a_refused_form_keeps_every_word_and_leads_to_why() -> None:
    form = _sent()
    form.refuse("已经有「前台」这个岗位了。")
    html = shown(FORM, form=form)
    assert 'value="前台"' in html
    assert 'value="换季"' in html
    assert re.search(r'value="yes"\s+id="id_works_1"\s+checked', html)
    assert 'class="refused" role="alert" tabindex="-1" autofocus' in html
    assert "已经有「前台」这个岗位了。" in html


def test_the_page_leads_to_the_first_wrong_field_alone() -> None:
    html = shown(FORM, form=_sent(name="", reason=""))
    assert html.count("autofocus") == 1
    box = re.search(r"<input[^>]*id=\"id_name\"[^>]*>", html)
    assert box
    assert "autofocus" in box.group()
    assert 'aria-invalid="true"' in box.group()


def test_a_wrong_choice_is_led_to_as_well() -> None:
    html = shown(FORM, form=_sent(works="maybe"))
    assert re.search(r'id="id_works_0"\s+autofocus', html)


def test_a_refusal_about_a_field_stands_under_it() -> None:
    form = _sent()
    form.refuse("名称太短。", "name")
    html = shown(FORM, form=form)
    assert '<ul class="errorlist" id="id_name_error">' in html.replace("\n", "")
    assert 'class="refused"' not in html


def test_a_button_is_a_form_of_its_own_with_a_fresh_key() -> None:
    source = '{% press "/end/" "结束" "btn btn-sm" picture="undo" role=role %}'
    html = shown(source, role='a"b')
    assert '<form method="post" action="/end/">' in html
    assert 'name="role" value="a&quot;b"' in html
    assert '<button class="btn btn-sm" type="submit"><svg' in html
    keys = re.findall(r'name="key" value="([^"]+)"', html + shown(source, role="x"))
    assert len(set(keys)) == 2


@pytest.mark.parametrize(("method", "token"), [("get", False), ("post", True)])
def test_a_filter_keeps_words_out_of_the_address_where_it_must(method: str, token: bool) -> None:
    html = shown('{% filters method "找人" %}<input name="q">{% endfilters %}', method=method)
    assert f'<form class="filters" method="{method}"' in html
    assert ("TOKEN" in html) is token
    assert 'aria-label="找人"' in html


def test_a_row_says_what_it_is_and_escapes_what_people_wrote() -> None:
    html = shown('{% row name under="9月1日起" %}<a>…</a>{% endrow %}', name="<b>林悦</b>")
    assert "<b>&lt;b&gt;林悦&lt;/b&gt;</b><br><small>9月1日起</small></span><a>…</a></li>" in html


def test_a_refusal_is_escaped_too() -> None:
    form = _sent()
    form.refuse("没有<script>这个岗位。")
    assert "<script>" not in shown(FORM, form=form)


def test_the_first_error_is_one_sentence() -> None:
    assert first_error(_sent(name="", works="maybe")) == "请填写名称。"
    assert first_error(_sent()) == ""


class Item(NamedTuple):
    """An entry of the navigation, as the head of a page needs it."""

    url: str
    label: str


class Frame(NamedTuple):
    """A frame whose marked entry is one page, as on every page under it."""

    marked: Item

    def above(self, path: str) -> Item | None:
        return self.marked if self.marked.url != path else None


HEAD = (
    '{% page_head "争议" state=said %}{% if more %}<a class="btn btn-primary">立案</a>{% endif %}'
    "{% endpage_head %}"
)


def test_a_page_begins_with_title_state_and_what_one_does_there() -> None:
    html = shown(HEAD, said="3 件 <未结>", more=True)
    assert '<div class="page-head"><h1>争议</h1><span class="sub">3 件 &lt;未结&gt;</span>' in html
    assert html.endswith('<a class="btn btn-primary">立案</a></div>')
    assert "sub" not in shown(HEAD, said=""), "no state, no line for it"


def test_a_page_leads_back_to_the_entry_it_lies_under_and_the_entry_to_nothing() -> None:
    under = shown(HEAD, frame=Frame(Item("/gallery/cases/", "争议")))
    assert 'class="where" href="/gallery/cases/"' in under
    assert under.index("where") < under.index("<h1>"), "where one is stands before what it is"
    assert "where" not in shown(HEAD, frame=Frame(Item("/", "争议")))
    assert "where" not in shown(HEAD), "a page without a frame lies under nothing"


def test_a_page_names_the_page_it_lies_under_and_that_is_the_only_way_back() -> None:
    source = '{% page_head "密码条" back=to under=name %}{% endpage_head %}'
    told = {"to": "/staff/x/", "name": "<林悦>", "frame": Frame(Item("/staff/", "人员"))}
    html = shown(source, **told)
    assert html.count('class="where"') == 1
    assert 'href="/staff/x/"' in html
    assert "&lt;林悦&gt;</a><h1>密码条</h1>" in html
    assert "人员" not in html


TEMPLATES = Path(yingbin.__file__).parent
HEADS = re.compile(r"{% page_head .*?{% endpage_head %}", re.DOTALL)


def test_every_page_has_its_head_from_the_tag_and_one_primary_action_at_most() -> None:
    heads = 0
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text()
        assert 'class="page-head' not in source, template
        for head in HEADS.findall(source):
            heads += 1
            assert head.count("btn-primary") <= 1, template
    assert heads > 50
