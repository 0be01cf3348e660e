"""检查模板: what checks ask, changed by a lead as a draft, published for the next day on duty (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.pages import asked
from yingbin.pages.doing import acting, perform, person_id, sent, site_id, status, submit
from yingbin.people.access import needs
from yingbin.people.here import company_acting, site_here
from yingbin.people.queries import names_of_site
from yingbin.rules.checklists.terms import CHECKS, Item, Section, standard_of

from ..actions import check_lists, shared_lists
from ..forms import ItemForm, SectionForm
from ..forms.check_lists import first_values
from ..queries.check_lists import ListShown, may_share, shown_lists, versions
from ..queries.roster import watched


@needs("duty.plan")
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """The three check lists of this place."""
    shown = shown_lists(site_id(request))
    return render(request, "duty/check_lists.html", {"lists": [shown[c] for c in CHECKS]})


def _list(request: HttpRequest, check: str) -> ListShown:
    if check not in CHECKS:
        raise Http404
    return shown_lists(site_id(request))[check]


@needs("duty.plan")
@require_GET
def one(request: HttpRequest, check: str) -> HttpResponse:
    """One check list, room by room."""
    return page(request, check)


def page(request: HttpRequest, check: str, form: SectionForm | None = None) -> HttpResponse:
    """The check list, with a form that was refused."""
    site, found = site_id(request), _list(request, check)
    posts = [(str(r.post_id), r.post.name) for r in watched(site)]
    asked_for = request.POST.get("section") or request.GET.get("room", "")
    old = found.template.section(asked_for)
    first = {"title": old.title, "at": old.at} if old else {}
    shown = {
        "list": found,
        "changes": old.id if old else "",
        "standard": standard_of(check),
        "form": (form or SectionForm(initial=first)).offer(posts),
        "places": {"show_flat": "只在样板间", "sales_centre": "只在销售中心", **dict(posts)},
        "versions": versions(site, check),
        "shares": may_share(person_id(request), site, timezone.now()),
        "alike": site_here(request).get_kind_display(),
        "names": names_of_site(site),
    }
    return render(request, "duty/check_list.html", shown, status=status(form))


def _back(check: str) -> str:
    return reverse("duty:check_list", args=[check])


@needs("duty.plan")
@require_POST
def room(request: HttpRequest, check: str) -> HttpResponse:
    """A room more, or another name or place for one."""
    posts = [(str(r.post_id), r.post.name) for r in watched(site_id(request))]
    form = SectionForm(request.POST).offer(posts)
    section = asked.uid(request.POST.get("section"))
    return submit(
        request,
        form,
        lambda told: check_lists.draft_section.given(
            check=check, title=told["title"], at=told["at"], section=section
        ),
        page=partial(page, request, check, form),
        then=_back(check),
    )


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, check: str, item: str = "") -> HttpResponse:
    """An item: a new one, or one as it stands in the draft."""
    shown = _list(request, check)
    section, found = _item(request, shown, item)
    counted = shown_lists(site_id(request))["opening"].template
    data, files = (sent(request), request.FILES) if request.method == "POST" else (None, None)
    form = ItemForm(data, files, initial=first_values(section, found))
    form.offer(check, shown.template, counted)
    who = acting(request)
    pictures = taken_with(who, form, "picture") if form.is_bound else ()
    return submit(
        request,
        form,
        lambda told: check_lists.draft_item.given(
            check=check, section=told["section"], values=form.values(), item=item, pictures=pictures
        ),
        page=partial(_item_page, request, shown, found, form),
        then=_back(check),
        who=who,
    )


def _item(request: HttpRequest, shown: ListShown, item: str) -> tuple[Section, Item | None]:
    if item:
        for section, found in shown.template.items():
            if found.id == item:
                return section, found
        raise Http404
    asked_for = shown.template.section(request.GET.get("room", ""))
    rooms = shown.template.sections
    return asked_for or rooms[-1], None


def _item_page(
    request: HttpRequest, shown: ListShown, found: Item | None, form: ItemForm
) -> HttpResponse:
    told = {
        "list": shown,
        "item": found,
        "form": form,
        "standard": found is not None and found.id in standard_of(shown.check),
    }
    return render(request, "duty/check_list_item.html", told, status=status(form))


@needs("duty.plan")
@require_POST
def drop(request: HttpRequest, check: str, part: str) -> HttpResponse:
    """去掉: an item, or a room with its items."""
    return perform(request, check_lists.drop_part.given(check=check, part=part), then=_back(check))


@needs("duty.plan")
@require_POST
def move(request: HttpRequest, check: str, part: str) -> HttpResponse:
    """上移, 下移."""
    step = 1 if request.POST.get("step") == "1" else -1
    deed = check_lists.move_part.given(check=check, part=part, step=step)
    return perform(request, deed, then=_back(check))


@needs("duty.plan")
@require_POST
def publish(request: HttpRequest, check: str) -> HttpResponse:
    """发布: the next day on duty begins with it."""
    return perform(
        request, check_lists.publish_list.given(check=check), then=_back(check),
        said=lambda version: f"已发布第 {version} 版。今天已经开始的检查不变，下一个当班日起按新的。",
    )  # fmt: skip


@needs("duty.plan")
@require_POST
def forget(request: HttpRequest, check: str) -> HttpResponse:
    """不改了."""
    deed = check_lists.forget_draft.given(check=check)
    return perform(request, deed, then=_back(check), said="已放弃改动。")


@needs("duty.plan")
@require_POST
def share(request: HttpRequest, check: str) -> HttpResponse:
    """公司统一: this place's list holds at every place of its kind that has none of its own."""
    return perform(
        request, shared_lists.share_list.given(site=site_id(request), check=check), then=_back(check),
        said=lambda version: f"已定为公司统一的第 {version} 版。没有自己改过的各处，下一个当班日起按它。",
        who=company_acting(request),
    )  # fmt: skip


@needs("duty.plan")
@require_POST
def follow(request: HttpRequest, check: str) -> HttpResponse:
    """用回公司统一的."""
    deed = shared_lists.follow_shared.given(check=check)
    said = "已用回公司统一的。今天已经开始的检查不变，下一个当班日起按它。"
    return perform(request, deed, then=_back(check), said=said)
