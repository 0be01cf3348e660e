"""`certificate verify FILE`: the signature of a day's certificate, without a database."""

import argparse
import json
import sys
from pathlib import Path

from yingbin.journal import ed25519
from yingbin.journal.verify import canonical

BESIDE = ("public_key", "signature", "receipt")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `certificate` with its verb."""
    certificate = subparsers.add_parser("certificate", help="公平证书：核验")
    verbs = certificate.add_subparsers(required=True)
    check = verbs.add_parser("verify", help="核验一份公平证书的签名")
    check.add_argument("file", type=Path)
    check.add_argument("--key", help="您手里的公钥（64 位十六进制）")
    check.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Prints what was found; 0 when the signature is good and every check held."""
    try:
        found = json.loads(args.file.read_text(encoding="utf-8"))
        body = {k: v for k, v in found.items() if k not in BESIDE}
        key = bytes.fromhex(args.key or found["public_key"])
        good = ed25519.verify(key, canonical(body), bytes.fromhex(found["signature"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        print("这不是一份公平证书，或者已经损坏。", file=sys.stderr)
        return 2
    if not good:
        print("签名不成立：证书被改动过，或不是这把密钥签的。")
        return 1
    broken = [f for f in found["findings"] if not f["holds"]]
    print(f"{found['day']} 签名成立，{len(found['findings'])} 项检查，{len(broken)} 项不成立。")
    for f in broken:
        print(f"  {f['sentence']}：{f['broken']}")
    return 1 if broken else 0
