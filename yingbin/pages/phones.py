"""Phone numbers: validated and normalised to E.164, mainland numbers without prefix first."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

_NOISE = re.compile(r"[\s\-()().·—–_]+")


@lru_cache(maxsize=256)
def normalised(text: str, region: str = "CN") -> str | None:
    """E.164 form (`+8613812341234`) of a valid mainland or foreign number, else None."""
    cleaned = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    if cleaned.startswith("00"):
        cleaned = "+" + cleaned[2:]
    if not cleaned or not re.fullmatch(r"\+?\d{5,20}", cleaned):
        return None
    try:
        number = phonenumbers.parse(cleaned, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(e164: str) -> str:
    """The number as people here write it: mainland ones without country code, landlines with 0."""
    if not e164.startswith("+86"):
        return e164
    number = e164[3:]
    plain = number.startswith(("1", "400", "800")) and not number.startswith("10")
    return number if plain else "0" + number


def masked(e164: str) -> str:
    """The number with its middle hidden: `138****1234`."""
    text = shown(e164)
    if text.startswith("+"):
        return f"+{phonenumbers.parse(e164).country_code} ****{text[-4:]}"
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 8 else "****" + text[-2:]
