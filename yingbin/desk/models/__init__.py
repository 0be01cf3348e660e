"""The residents' desk's tables, by noun."""

from .estate import Building, Home, Phase, ResidentNote, Tenancy

__all__ = ["Building", "Home", "Phase", "ResidentNote", "Tenancy"]
