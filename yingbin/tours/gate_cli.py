"""Commands about the gates: a stretch of days as a file of the contract, and whether stored state, events and replay are one."""

import argparse
import json
import sys
from datetime import date

from yingbin.people.queries import site_id_of


def export(args: argparse.Namespace) -> int:
    """Writes days to standard output, remarks to standard error; 2 where there is no such site or nothing happened."""
    from .gate_export import exported

    site_id = site_id_of(args.site)
    since, until = date.fromisoformat(args.since), date.fromisoformat(args.until)
    found = exported(site_id, since, until) if site_id else None
    if found is None:
        print(f"没有找到 {args.site} 在这些日子里的门岗记录", file=sys.stderr)
        return 2
    for remark in found.remarks:
        print(remark, file=sys.stderr)
    json.dump(found.file, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def check(args: argparse.Namespace) -> int:
    """Decides everything again by the figures of then; prints each disagreement; 1 if any."""
    from .gate_checking import GatesReplayed
    from .models import GateEvent

    site_id = site_id_of(args.site)
    if site_id is None:
        print(f"没有代号为 {args.site} 的项目", file=sys.stderr)
        return 2
    bad = list(GatesReplayed(site_id).faults())
    for fault in bad:
        print(fault)
    many = GateEvent.objects.filter(site_id=site_id).count()
    print(f"核对 {many} 条门岗记录，不一致 {len(bad)} 处")
    return 1 if bad else 0
