"""Yingbin 迎宾: reception for property sites, by the five procedures."""

__version__ = "0.1.0"
