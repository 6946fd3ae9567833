"""What stays of money matters; the money itself stands in the journal."""

from kaifang.kernel import Money, Purse, Row, table


@table("bank")
class Bank(Row):
    """A simulated bank: its cards pay here, and it can be down."""

    id: str  # its code, such as ICBC
    name: str  # what people call it
    down: bool = False  # whether its cards cannot pay at the moment

    @property
    def world(self) -> Purse:
        """All the money that is not on this platform."""
        return Purse(f"bank:{self.id}", "world")


@table("bank_card", unique=[("number",)])
class Card(Row):
    """A card that a bank issued, and who bound it."""

    id: str
    owner: str  # the party that bound it; empty: nobody
    bank: str  # code
    number: str  # what is printed on it
    holder: str  # the name printed on it
    kind: str  # DEBIT or CREDIT
    single_limit: Money = Money(0)  # what the bank lets it pay at once; zero: anything
    day_limit: Money = Money(0)  # and in a day
    day: str = ""  # the Beijing day of day_used
    day_used: Money = Money(0)  # paid on that day

    @property
    def purse(self) -> Purse:
        """What is on it, at the bank."""
        return Purse(f"card:{self.id}", "bank")

    @property
    def tail(self) -> str:
        """The last four digits, all that is shown of the number."""
        return self.number[-4:]


@table("wallet")
class Wallet(Row):
    """How a party pays: its cards, the preferred one first, and whether its spending is limited."""

    id: str  # user id
    cards: list[str] = []  # card ids
    limited: bool = False  # whether a quota is kept of what it pays


@table("quota", key=("owner", "purpose"))
class Quota(Row):
    """What a party may pay or transfer at once, in a day and in a month, and how much of it is used."""

    owner: str  # user id
    purpose: str  # pay or transfer
    single: Money = Money(0)  # at once; zero: anything
    daily: Money = Money(0)  # in a Beijing day
    monthly: Money = Money(0)  # in a calendar month
    day: str = ""  # the Beijing day of day_used
    day_used: Money = Money(0)  # used on that day
    month_used: Money = Money(0)  # used in that day's month


@table("pay_code")
class PayCode(Row):
    """A code that a wallet shows and a till reads, for one payment."""

    id: str  # the code; the second of the day stands in front, so that codes are written almost in order
    user: str  # whose wallet shows it
    expires: int  # milliseconds
