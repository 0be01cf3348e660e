"""`gate verify`: what a pass's code says, checked with nothing but the public key."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from yingbin.rules.gate.gatefile import AREAS
from yingbin.rules.times import written

from .token import BadToken, PassToken, key_id, scanned, verified


def verify(args: Namespace) -> int:
    """Prints what the code says as JSON: 0. 1 where it isn't signed by this key; 2 where the key is no key."""
    public = _public(args.key)
    if public is None:
        print(f"{args.key}: 公钥应为 64 位十六进制，或写着它的文件", file=sys.stderr)
        return 2
    text = sys.stdin.read() if args.token == "-" else args.token
    try:
        token = verified(scanned(text), {key_id(public): public})
    except BadToken as no:
        print(f"✗ {no.words}（{no.fault}）", file=sys.stderr)
        return 1
    print(json.dumps({"key": key_id(public), **told(token)}, ensure_ascii=False, indent=1))
    return 0


def told(token: PassToken) -> dict[str, object]:
    """The fields of a pass, as people and scripts read them; times are +08:00."""
    return {
        "pass": token.number,
        "revision": token.revision,
        "from": written(token.start),
        "to": written(token.end),
        "areas": [area for area in AREAS if area in token.areas],
        "persons": token.persons,
        "photo": token.photo,
    }


def _public(given: str) -> bytes | None:
    file = Path(given)
    try:
        text = file.read_text() if len(given) != 64 and file.is_file() else given
        public = bytes.fromhex(text.strip())
    except (OSError, ValueError):
        return None
    return public if len(public) == 32 else None
