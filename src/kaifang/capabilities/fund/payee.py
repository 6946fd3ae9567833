"""Who pays and who gets: people, bank cards and account books, as merchants name them."""

from typing import Any, Literal, NamedTuple

from kaifang.kernel import Key, Line, Purse, Shape, Work

from .errors import (
    CARD_BIN_ERROR,
    INST_PAY_UNABLE,
    PAYEE_CARD_INFO_ERROR,
    PAYEE_CERT_INFO_ERROR,
    PAYEE_NOT_EXIST,
    PAYEE_USERINFO_ERROR,
    PAYEE_USERINFO_STATUS_ERROR,
    PAYER_ACCOUNT_BOOK_INFO_EXCEPTION,
    PAYER_REQUESTER_RELATION_INVALID,
    PAYER_STATUS_ERROR,
    RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION,
)
from .find import the_party
from .tables import Bank, BookRow, Card


class BankcardExtInfo(Shape):
    inst_name: Line | None = None  # the bank's name
    bank_code: Key | None = None  # the bank's code


class Participant(Shape):
    identity: Line  # user id, logon id, open_id, number of a bank card, or account_book_id
    identity_type: Literal[
        "ALIPAY_USER_ID", "ALIPAY_LOGON_ID", "ALIPAY_OPEN_ID", "BANKCARD_ACCOUNT", "ACCOUNT_BOOK_ID"
    ]  # what identity is
    name: Line | None = None  # the party's or card holder's name; needed with ALIPAY_LOGON_ID and BANKCARD_ACCOUNT
    cert_no: Key | None = None  # the number of that person's identity card, checked if given
    bankcard_ext_info: BankcardExtInfo | None = None  # whose card it is


class Payee(NamedTuple):
    """Who gets a transfer."""

    user: str = ""  # user id, unless it is a card
    purse: Purse | None = None  # where it goes at once; None: to a bank
    card: str = ""  # number of the card
    bank: str = ""  # whose card
    holder: str = ""  # the name given for it


WHICH = {"ALIPAY_USER_ID": "user_id", "ALIPAY_LOGON_ID": "logon_id", "ALIPAY_OPEN_ID": "open_id"}
PAYEE_FAULTS = [
    PAYEE_NOT_EXIST, PAYEE_USERINFO_ERROR, PAYEE_CERT_INFO_ERROR, PAYEE_USERINFO_STATUS_ERROR, CARD_BIN_ERROR,
    PAYEE_CARD_INFO_ERROR, INST_PAY_UNABLE, RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION,
]  # fmt: skip


def the_payee(work: Work, info: Participant) -> Payee:
    """The person, card or account book that is meant, able to receive."""
    if info.identity_type == "BANKCARD_ACCOUNT":
        return card_payee(work, info)
    if info.identity_type == "ACCOUNT_BOOK_ID":
        book = open_book(work, info.identity)
        if book is None:
            raise RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION(account_book_id=info.identity)
        return Payee(user=book.merchant, purse=book.purse)
    party = person(work, info)
    return Payee(user=party.user_id, purse=Purse(party.user_id))


def person(work: Work, info: Participant) -> Any:
    """The person or merchant that is meant, under the name given, and in good standing."""
    if info.identity_type == "ALIPAY_LOGON_ID" and not info.name:
        raise PAYEE_USERINFO_ERROR(field="name", reason="needed with a logon id")
    party = the_party(work, PAYEE_NOT_EXIST, **{WHICH[info.identity_type]: info.identity})
    if info.name and info.name != party.name:
        raise PAYEE_USERINFO_ERROR(identity=info.identity)
    if info.cert_no and info.cert_no.upper() != party.cert_no.upper():
        raise PAYEE_CERT_INFO_ERROR(identity=info.identity)
    if party.status != "NORMAL":
        raise PAYEE_USERINFO_STATUS_ERROR(identity=info.identity)
    return party


def card_payee(work: Work, info: Participant) -> Payee:
    """The bank card that is meant; whether there is such a card, its bank says later."""
    known = work.find(Card, number=info.identity)
    bank = work.find(Bank, id=known.bank) if known else named_bank(work, info.bankcard_ext_info)
    if bank is None:
        raise CARD_BIN_ERROR(card_no=info.identity)
    if not info.name:
        raise PAYEE_CARD_INFO_ERROR(field="name", reason="needed with a bank card")
    if bank.down:
        raise INST_PAY_UNABLE(bank_code=bank.id)
    return Payee(user=known.owner if known else "", card=info.identity, bank=bank.id, holder=info.name)


def named_bank(work: Work, info: BankcardExtInfo | None) -> Bank | None:
    """The bank that is named by code or name."""
    if info is None or not (info.bank_code or info.inst_name):
        return None
    if info.bank_code:
        return work.find(Bank, id=info.bank_code)
    found = work.select(Bank, "name = ?", (info.inst_name,), "id", 1)
    return found[0] if found else None


def payer_purse(work: Work, info: Participant | None) -> Purse:
    """The calling merchant's balance, or one of its account books."""
    merchant = the_party(work, PAYER_STATUS_ERROR, user_id=work.caller.merchant)
    if merchant.status != "NORMAL":
        raise PAYER_STATUS_ERROR(user_id=merchant.user_id)
    if info is None or info.identity_type != "ACCOUNT_BOOK_ID":
        if info is not None:
            check_own(work, info)
        return Purse(merchant.user_id)
    book = open_book(work, info.identity)
    if book is None:
        raise PAYER_ACCOUNT_BOOK_INFO_EXCEPTION(account_book_id=info.identity)
    return book.purse


def check_own(work: Work, info: Participant) -> None:
    """Whether the payer that is named is the calling merchant: nobody orders transfers out of others' accounts."""
    which = WHICH.get(info.identity_type)
    named = the_party(work, PAYER_REQUESTER_RELATION_INVALID, **{which: info.identity}) if which else None
    if named is None or named.user_id != work.caller.merchant:
        raise PAYER_REQUESTER_RELATION_INVALID(field="payer_info.identity", identity=info.identity)


def open_book(work: Work, book_id: str) -> BookRow | None:
    """The calling merchant's account book with this number, if it is open."""
    book = work.find(BookRow, id=book_id)
    return book if book and book.merchant == work.caller.merchant and not book.closed else None
