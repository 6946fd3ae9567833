"""Where one has things delivered to: a person's own list, of which the first counts where nothing else is said."""

from typing import Annotated

from msgspec import Meta
from msgspec.structs import asdict

from kaifang.kernel import Shape, Who, Work, method

from .find import signed_in, the_party
from .party import AddressAsked
from .tables import DeliveryAddress, PartyRow


class AskAddresses(Shape):
    pass


class Addresses(Shape):
    addresses: list[DeliveryAddress]  # the first counts where nothing else is said


class SetAddresses(Shape):
    addresses: Annotated[list[AddressAsked], Meta(max_length=20)]  # all of them, the one that counts first


@method("kaifang.wallet.address.list", who=Who.WALLET, reads=True)
def list_addresses(work: Work, ask: AskAddresses) -> Addresses:
    """List where you have things delivered to."""
    return Addresses(addresses=addresses(the_party(work, signed_in(work))))


@method("kaifang.wallet.address.set", who=Who.WALLET)
def set_addresses(work: Work, ask: SetAddresses) -> Addresses:
    """Say where you have things delivered to; apps that you let know you read the first."""
    party = the_party(work, signed_in(work))
    told = [DeliveryAddress(**asdict(one)) for one in ask.addresses]
    party.address, party.other_addresses = (told[0] if told else None), told[1:]
    return Addresses(addresses=told)


def addresses(party: PartyRow) -> list[DeliveryAddress]:
    """All that a party named, the first first."""
    return [party.address, *party.other_addresses] if party.address else party.other_addresses
