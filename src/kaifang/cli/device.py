"""`kaifang device`: a till and a face terminal, simulated, that behave as hardware does."""

from __future__ import annotations

from typing import Annotated

import cyclopts
from cyclopts import Parameter
from cyclopts.validators import Number

from . import Json, Name, Where, show
from .home import DEFAULT, Home

device = cyclopts.App(name="device", help="Simulated devices in a shop: a till, and a terminal that knows faces.")
device.default_parameter = Parameter(show_default=False)

Merchant = Annotated[str, Parameter(show_default=True, help="The merchant whose device it is, as the world calls it.")]
Amount = Annotated[str, Parameter(show_default=True, help="What is to be paid, in yuan.")]
Subject = Annotated[str, Parameter(show_default=True, help="What is sold.")]
Join = Annotated[bool, Parameter(negative=(), help="The buyer touches: become a member.")]
Claim = Annotated[bool, Parameter(negative=(), help="The buyer touches the first voucher that the screen shows.")]
Broker = Annotated[str, Parameter(help="Over MQTT: the port of `kaifang up --mqtt`, or a broker's address.")]
Patience = Annotated[
    float, Parameter(validator=Number(gte=0), show_default=True, help="Seconds to wait for a buyer who has to confirm.")
]


def nothing(_: str) -> None:
    """A device without screen and speaker."""


@device.command
def till(
    buyer: Name = "anna",
    /,
    *,
    code: Annotated[str, Parameter(help="The pay code that was read; else the buyer shows a fresh one.")] = "",
    merchant: Merchant = "coffee",
    amount: Amount = "28.00",
    subject: Subject = "One coffee",
    join: Join = False,
    claim: Claim = False,
    patience: Patience = 60.0,
    mqtt: Broker = "",
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Sell something at a till: a buyer's code is read, paid, said aloud and printed.

    The first time, the till makes its key and is registered and bound to the merchant.
    Example: kaifang device till anna --amount 8.80 --join
    """
    from .till import Sale, Till, screen, sell_by_code

    place = Till(Home(home), "TILL", merchant, mqtt, say=nothing if json else screen)
    try:
        sale = Sale(amount=amount, subject=subject, join=join, claim=claim, patience_seconds=patience)
        show(sell_by_code(place, sale, code, buyer))
    finally:
        place.close()


@device.command
def face(
    buyer: Name = "anna",
    /,
    *,
    enrol: Annotated[bool, Parameter(negative=(), help="The buyer enrols the face in the wallet first.")] = False,
    merchant: Merchant = "coffee",
    amount: Amount = "28.00",
    subject: Subject = "One coffee",
    join: Join = False,
    claim: Claim = False,
    mqtt: Broker = "",
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Sell something at a face terminal: it looks at the buyer, who pays with the face alone.

    Example: kaifang device face anna --enrol --join
    """
    from .till import Sale, Till, screen, sell_by_face

    place = Till(Home(home), "FACE", merchant, mqtt, say=nothing if json else screen)
    try:
        show(sell_by_face(place, Sale(amount=amount, subject=subject, join=join, claim=claim), buyer, enrol))
    finally:
        place.close()
