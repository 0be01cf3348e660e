"""The residents' desk's tables, by noun."""

from .copies import RegisterCopy
from .estate import Building, Home, Phase, ResidentNote, Tenancy
from .matters import DeskEvent, DeskMatter, DeskNote, DeskOffice

__all__ = [
    "Building",
    "DeskEvent",
    "DeskMatter",
    "DeskNote",
    "DeskOffice",
    "Home",
    "Phase",
    "RegisterCopy",
    "ResidentNote",
    "Tenancy",
]
