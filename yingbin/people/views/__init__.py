"""The pages about people."""

from .signin import locked_out

__all__ = ["locked_out"]
