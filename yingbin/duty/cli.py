"""Commands about days on duty: a day as a replay file, and whether stored state, events and replay are one."""

import argparse
import json
import sys

from yingbin.people.queries import site_id_of


def export(args: argparse.Namespace) -> int:
    """Writes a day to standard output; 2 when there is no such site or day."""
    from .export import contract_day, logs

    site_id = site_id_of(args.site)
    found = logs(site_id, args.date) if site_id else []
    if not found:
        print(f"没有找到 {args.site} 在 {args.date} 的值班记录", file=sys.stderr)
        return 2
    json.dump(contract_day(found[0]), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def check(args: argparse.Namespace) -> int:
    """Holds every stored day against its replay; prints each disagreement; 1 if any, 2 for a day there isn't."""
    from .export import disagreements, logs

    site_id = site_id_of(args.site)
    if site_id is None:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    chosen = logs(site_id, args.date)
    if args.date and not chosen:
        print(f"没有找到 {args.site} 在 {args.date} 的值班记录", file=sys.stderr)
        return 2
    bad = [f"{log.day}: {fault}" for log in chosen for fault in disagreements(log)]
    for fault in bad:
        print(fault)
    print(f"核对 {len(chosen)} 天，不一致 {len(bad)} 处")
    return 1 if bad else 0
