"""Commands about the gallery: a day as a replay file, and whether stored state and replay are one."""

import argparse
import json
import sys
from datetime import date

from yingbin.people.queries import site_id_of
from yingbin.rules.cli import a_day


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `queue check` to the command line."""
    queue = subparsers.add_parser("queue", help="轮排状态")
    verbs = queue.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="核对：存的状态、存的判定与重放一致")
    check.add_argument("--site", required=True, help="项目代号")
    check.add_argument("--date", type=a_day, help="只核对这一天")
    check.set_defaults(run=run_check)


def export_day(site: str, on: date) -> int:
    """Writes a day to standard output; 2 when there is no such site or day."""
    from .export import contract_day
    from .queries.history import day_of

    site_id = site_id_of(site)
    day = day_of(site_id, on) if site_id else None
    if day is None:
        print(f"没有找到 {site} 在 {on} 的记录", file=sys.stderr)
        return 2
    json.dump(contract_day(day), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def run_register_check(args: argparse.Namespace) -> int:
    """Compares every row of the register with the journal; prints each difference; 1 when there is any."""
    from itertools import chain

    from yingbin.journal.guards import guard_faults

    from .queries.proof import register_faults
    from .queries.register import how_many

    site_id = site_id_of(args.site)
    if site_id is None:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    bad = 0
    for fault in chain(guard_faults(), register_faults(site_id)):
        bad += 1
        print(fault)
    print(f"核对 {how_many(site_id)} 行，不一致 {bad} 处")
    return 1 if bad else 0


def run_check(args: argparse.Namespace) -> int:
    """Checks every day (or one), and the live state against the journal; prints each disagreement; 1 if any.

    2 where there is no such site, or no such day.
    """
    from .queries.history import day_of, days, disagreements
    from .witnesses.fold import folded

    site_id = site_id_of(args.site)
    if site_id is None:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    one = day_of(site_id, args.date) if args.date else None
    if args.date and one is None:
        print(f"没有找到 {args.site} 在 {args.date} 的记录", file=sys.stderr)
        return 2
    chosen = [one] if one else list(days(site_id))
    bad = [(d.day, fault) for d in chosen for fault in disagreements(d)]
    told = [f"{day}: {fault}" for day, fault in bad]
    told += [str(one) for one in folded(site_id) if not args.date or str(args.date) in one.where]
    for fault in told:
        print(fault)
    print(f"核对 {len(chosen)} 天，不一致 {len(told)} 处")
    return 1 if told else 0
