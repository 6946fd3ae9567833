"""The kernel: the few nouns every capability is made of. It knows no capability and no HTTP."""

from .ahead import Ahead
from .capability import Capability, capability
from .clock import DAY, FOREVER, HOUR, MINUTE, SECOND, Moment
from .events import Happening, catches, daily, hears, prepares, remembered, timer
from .fault import (
    ILLEGAL_JSON,
    INVALID_PARAMETER,
    NO_PERMISSION,
    NO_USER,
    SYSTEM_ERROR,
    Fault,
    FaultKind,
    Sort,
    fault,
    told_as,
)
from .ledger import Account, Hold, Move, Purse
from .machine import Machine, final, start, state
from .method import Confirm, Confirmed, Page, Return, Who, method, refusals_of
from .money import Amount, Money, rate, total
from .shape import Address, Count, Flag, Key, Line, Shape, Text
from .table import Row, holding, table
from .work import Caller, Work

__all__ = [
    "DAY", "FOREVER", "HOUR", "ILLEGAL_JSON", "INVALID_PARAMETER", "MINUTE", "NO_PERMISSION", "NO_USER", "SECOND",
    "SYSTEM_ERROR", "Account", "Address", "Ahead", "Amount", "Caller", "Capability", "Confirm", "Confirmed",
    "Count", "Fault", "FaultKind", "Flag", "Happening", "Hold", "Key", "Line", "Machine", "Moment", "Money", "Move",
    "Page", "Purse", "Return", "Row", "Shape", "Sort", "Text", "Who", "Work", "capability", "catches", "daily",
    "fault", "final", "hears", "holding", "method", "prepares", "rate", "refusals_of", "remembered", "start",
    "state", "table", "timer", "told_as", "total",
]  # fmt: skip
