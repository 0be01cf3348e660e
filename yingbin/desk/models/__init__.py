"""The residents' desk's tables, by noun."""

from .answers import AnswerEntry, AnswerUse, AnswerVersion
from .callbacks import CallAnswer
from .cash import CashDay, CashHandover, Payment, Reduction
from .complaints import ComplaintCause
from .copies import CallSheetCopy, RegisterCopy
from .estate import Building, Home, Phase, ResidentNote, Tenancy
from .matters import DeskEvent, DeskMatter, DeskNote, DeskOffice
from .prices import PriceList, Quote, QuoteAnswer, QuoteCode
from .work import Completion, StockItem, StockMove

__all__ = [
    "AnswerEntry",
    "AnswerUse",
    "AnswerVersion",
    "Building",
    "CallAnswer",
    "CallSheetCopy",
    "CashDay",
    "CashHandover",
    "ComplaintCause",
    "Completion",
    "DeskEvent",
    "DeskMatter",
    "DeskNote",
    "DeskOffice",
    "Home",
    "Payment",
    "Phase",
    "PriceList",
    "Quote",
    "QuoteAnswer",
    "QuoteCode",
    "Reduction",
    "RegisterCopy",
    "ResidentNote",
    "StockItem",
    "StockMove",
    "Tenancy",
]
