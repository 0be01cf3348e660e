"""`check`: everything the journal witnesses, held against it both ways, in one table a site."""

import argparse
import sys
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from yingbin.journal.check import Line


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `check`."""
    check = subparsers.add_parser("check", help="核对：库里每一行与记录链，双向，一张表")
    which = check.add_mutually_exclusive_group(required=True)
    which.add_argument("--site", help="项目代号或编号；公司的记录链是 company")
    which.add_argument("--all", action="store_true", help="所有项目和公司")
    check.add_argument("--keep", action="store_true", help="把结果留给「判定」页看")
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Prints a table for each site and every fault; 1 when there is any, 2 for an unknown site."""
    from django.db import DatabaseError
    from django.utils import timezone

    from yingbin.journal.check import check_site, keep_result
    from yingbin.journal.write import NotSaved
    from yingbin.web.found import tell_of

    chosen = dict(every_chain()) if args.all else _one(args.site)
    if not chosen:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    bad = 0
    for site_id, name in chosen.items():
        lines = check_site(site_id)
        print("\n".join(table(name, lines)), flush=True)
        bad += sum(line.faults for line in lines)
        if args.keep:
            keep_result(site_id=site_id, at=timezone.now(), lines=lines)
            try:
                tell_of(site_id=site_id, name=name, at=timezone.now(), lines=lines)
            except (DatabaseError, NotSaved) as error:  # a journal too broken to be written to
                print(f"没有能通知到人：{type(error).__name__}", file=sys.stderr)
    return 1 if bad else 0


def every_chain() -> Iterator[tuple[UUID, str]]:
    """Every chain there is or must be: sites, the company, and chains whose site is gone."""
    from yingbin.journal.models import Ledger
    from yingbin.people.models import Company, Site

    named = dict(Site.objects.order_by("code").values_list("id", "code"))
    named |= dict.fromkeys(Company.objects.values_list("id", flat=True), "company")
    yield from named.items()
    for site_id in Ledger.objects.exclude(site_id__in=named).values_list("site_id", flat=True):
        yield site_id, str(site_id)


def _one(text: str) -> dict[UUID, str]:
    from yingbin.people.queries import site_id_of

    known = {str(i): i for i, _ in every_chain()}
    found = known.get(text) or site_id_of(text)
    return {found: text} if found else {}


def table(name: str, lines: "list[Line]") -> Iterator[str]:
    """The result as a table: what, how many were held, faults, seconds; then every fault with its place."""
    yield f"核对 {name}"
    yield _row("核对什么", "多少", "不符", "秒")
    for line in lines:
        if line.held or line.faults:
            yield _row(line.what, str(line.held), str(line.faults), f"{line.seconds:.1f}")
    empty = [line.what for line in lines if not line.held and not line.faults]
    if empty:
        yield f"  两边都没有：{'、'.join(empty)}"
    for line in lines:
        for one in line.found:
            yield f"✗ {one}"
        if line.faults > len(line.found):
            yield f"✗ {line.what}：还有 {line.faults - len(line.found)} 处同样的，没有逐条列出"
    bad, held = sum(x.faults for x in lines), sum(x.held for x in lines)
    took = sum(x.seconds for x in lines)
    outcome = f"不一致 {bad} 处 FAULTS FOUND" if bad else "全部一致 OK"
    yield f"共核对 {held} 项，用时 {took:.1f} 秒：{outcome}"


def _row(what: str, *numbers: str) -> str:
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in what)
    cells = []
    for text in numbers:
        taken = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
        cells.append(" " * max(10 - taken, 1) + text)
    return "  " + what + " " * max(18 - wide, 1) + "".join(cells)
