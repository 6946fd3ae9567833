"""What is kept of running the platform."""

from kaifang.kernel import Row, table


@table("proof")
class ProofRow(Row):
    """A proof of the books that somebody had made."""

    id: str  # 28 digits
    at: int  # milliseconds
    entries: int  # how many were proved
    accounts: int  # how many balances were held against them
    broken: str  # the first thing that is not as it should be; empty: all is


@table("switch")
class SwitchRow(Row):
    """A capability or a method that is switched off."""

    id: str  # its name
    reason: str  # why, as callers read it
    since: int  # milliseconds
