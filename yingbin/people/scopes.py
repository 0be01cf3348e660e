"""What a token may be made for: each scope stands for one permission of the person it acts as, in words."""

from yingbin.pages.wing import PartsOf

SCOPES: PartsOf[tuple[str, str]] = PartsOf("scopes")
