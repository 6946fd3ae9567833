"""Account books: accounts that a merchant keeps for its own users, and what any account holds."""

from typing import Literal

from kaifang.kernel import Key, Line, Money, Purse, Shape, Text, Work, method

from .errors import (
    ACCOUNT_BOOK_INFO_QUERY_FAIL,
    ACCOUNT_BOOK_NOT_EMPTY,
    BIZ_PRODUCT_CODE_ERROR,
    NO_PERMISSION_ACCOUNT,
    OPEN_ACCOUNT_BOOK_ERROR,
    PARTY_NOT_EXIST,
    SUBSCRIPTION_RELATION_NOT_EXIST,
    TRUSTEESHIP_ACCOUNT_NOT_EXIST,
)
from .find import the_party
from .payee import open_book
from .tables import BookRow


class CreateBook(Shape):
    merchant_user_id: Key  # your own number of the user that it is for
    merchant_user_type: Key = "BUSINESS_EMPLOYEE"  # what that user is to you
    scene_code: Key = "SATF_FUND_BOOK"  # what it is for
    ext_info: Text | None = None  # further members, as JSON


class ExtCardInfo(Shape):
    card_no: str  # banks send money to the account book by this number
    bank_acc_name: str  # in this name
    card_bank: str  # at this bank
    status: str  # A: open; C: closed


class Created(Shape):
    account_book_id: str  # the platform's number
    ext_card_info: ExtCardInfo  # how banks reach it


@method("alipay.fund.accountbook.create", raises=[OPEN_ACCOUNT_BOOK_ERROR])
def create(work: Work, ask: CreateBook) -> Created:
    """Open an account book for one of your users; the same user and scene have the same one."""
    merchant = work.caller.merchant
    book = work.find(BookRow, merchant=merchant, scene=ask.scene_code, merchant_user=ask.merchant_user_id)
    if book is not None and book.closed:
        raise OPEN_ACCOUNT_BOOK_ERROR(account_book_id=book.id)
    if book is None:
        book = work.add(BookRow(
            id=work.new_party("2088"), merchant=merchant, scene=ask.scene_code, merchant_user=ask.merchant_user_id,
            card=work.new_party("6288"),
        ))  # fmt: skip
    return Created(account_book_id=book.id, ext_card_info=told_card(work, book))


class QueryBook(Shape):
    account_book_id: Key  # the platform's number
    merchant_user_id: Key | None = None  # checked if given
    scene_code: Key | None = None  # checked if given


class Told(Created):
    available_amount: Money  # yuan in it


@method("alipay.fund.accountbook.query", reads=True, raises=[TRUSTEESHIP_ACCOUNT_NOT_EXIST])
def query(work: Work, ask: QueryBook) -> Told:
    """Ask what is in an account book, and how banks reach it."""
    book = own_book(work, ask.account_book_id)
    if ask.merchant_user_id not in (None, book.merchant_user) or ask.scene_code not in (None, book.scene):
        raise TRUSTEESHIP_ACCOUNT_NOT_EXIST(account_book_id=book.id)
    return Told(account_book_id=book.id, ext_card_info=told_card(work, book), available_amount=work.balance(book.purse))


class CloseBook(Shape):
    account_book_id: Key  # the platform's number
    scene_code: Key | None = None  # checked if given


class Closed(Shape):
    account_book_id: str  # the platform's number


@method("alipay.fund.accountbook.close", raises=[TRUSTEESHIP_ACCOUNT_NOT_EXIST, ACCOUNT_BOOK_NOT_EMPTY])
def close(work: Work, ask: CloseBook) -> Closed:
    """Close an account book that is empty."""
    book = own_book(work, ask.account_book_id)
    if ask.scene_code not in (None, book.scene):
        raise TRUSTEESHIP_ACCOUNT_NOT_EXIST(account_book_id=book.id)
    if work.balance(book.purse):
        raise ACCOUNT_BOOK_NOT_EMPTY(available_amount=work.balance(book.purse))
    book.closed = True
    return Closed(account_book_id=book.id)


class Subscription(Shape):
    account_book_id: Key  # which account book
    product_code: Key = "SATF_FUND_BOOK"  # nothing else
    biz_scene: Key = "DEFAULT"  # nothing else
    agreement_no: Key | None = None  # of account books that stand on an agreement


class Subscribed(Shape):
    account_book_id: str  # which account book
    subscribe_status: str  # VALID: you are told when money arrives; INVALID


BOOK_FAULTS = [BIZ_PRODUCT_CODE_ERROR, ACCOUNT_BOOK_INFO_QUERY_FAIL]


@method("alipay.fund.accountbook.notify.subscribe", raises=BOOK_FAULTS)
def subscribe(work: Work, ask: Subscription) -> Subscribed:
    """Ask to be told, by the message alipay.fund.trans.order.changed, when a bank pays into an account book."""
    book = subscribable(work, ask)
    book.subscribed = "VALID"
    return Subscribed(account_book_id=book.id, subscribe_status=book.subscribed)


@method("alipay.fund.accountbook.notify.unsubscribe", raises=[*BOOK_FAULTS, SUBSCRIPTION_RELATION_NOT_EXIST])
def unsubscribe(work: Work, ask: Subscription) -> Subscribed:
    """Ask not to be told any longer."""
    book = subscribable(work, ask)
    if not book.subscribed:
        raise SUBSCRIPTION_RELATION_NOT_EXIST(account_book_id=book.id)
    book.subscribed = "INVALID"
    return Subscribed(account_book_id=book.id, subscribe_status=book.subscribed)


@method(
    "alipay.fund.accountbook.notify.query", reads=True, raises=[*BOOK_FAULTS, SUBSCRIPTION_RELATION_NOT_EXIST]
)  # fmt: skip
def query_subscription(work: Work, ask: Subscription) -> Subscribed:
    """Ask whether you are told when a bank pays into an account book."""
    book = subscribable(work, ask)
    if not book.subscribed:
        raise SUBSCRIPTION_RELATION_NOT_EXIST(account_book_id=book.id)
    return Subscribed(account_book_id=book.id, subscribe_status=book.subscribed)


def subscribable(work: Work, ask: Subscription) -> BookRow:
    """The open account book that is meant."""
    if (ask.product_code, ask.biz_scene) != ("SATF_FUND_BOOK", "DEFAULT"):
        raise BIZ_PRODUCT_CODE_ERROR(product_code=ask.product_code, biz_scene=ask.biz_scene)
    book = open_book(work, ask.account_book_id)
    if book is None:
        raise ACCOUNT_BOOK_INFO_QUERY_FAIL(account_book_id=ask.account_book_id)
    return book


def own_book(work: Work, book_id: str) -> BookRow:
    """The calling merchant's account book, open or closed."""
    book = work.find(BookRow, id=book_id)
    if book is None or book.merchant != work.caller.merchant:
        raise TRUSTEESHIP_ACCOUNT_NOT_EXIST(account_book_id=book_id)
    return book


def told_card(work: Work, book: BookRow) -> ExtCardInfo:
    """How banks reach an account book."""
    name = the_party(work, PARTY_NOT_EXIST, user_id=book.merchant).name
    status = "C" if book.closed else "A"
    return ExtCardInfo(card_no=book.card, bank_acc_name=name, card_bank="开放平台记账银行", status=status)


class QueryAccount(Shape):
    alipay_user_id: Key | None = None  # your own user id
    alipay_open_id: Line | None = None  # the same, as your app knows you
    account_type: Literal["ACCTRANS_ACCOUNT"] = "ACCTRANS_ACCOUNT"  # the balance
    account_scene_code: Key | None = None  # an account book's scene_code, with merchant_user_id
    merchant_user_id: Key | None = None  # whose account book; left out: your own balance


class Account(Shape):
    available_amount: Money  # yuan that can be spent
    freeze_amount: Money  # yuan set aside
    total_amount: Money  # both
    ext_card_info: ExtCardInfo | None = None  # of an account book: how banks reach it


@method("alipay.fund.account.query", reads=True, raises=[NO_PERMISSION_ACCOUNT, TRUSTEESHIP_ACCOUNT_NOT_EXIST])
def query_account(work: Work, ask: QueryAccount) -> Account:
    """Ask what is on your own balance, or in one of your account books."""
    merchant = work.caller.merchant
    asked = ask.alipay_user_id or merchant
    if ask.alipay_open_id and not ask.alipay_user_id:
        asked = the_party(work, NO_PERMISSION_ACCOUNT, open_id=ask.alipay_open_id).user_id
    if asked != merchant:
        raise NO_PERMISSION_ACCOUNT(alipay_user_id=asked)
    if ask.merchant_user_id is None:
        held = work.balance(Purse(merchant, "held"))
        return told_account(work.balance(Purse(merchant)), held)
    scene = ask.account_scene_code or "SATF_FUND_BOOK"
    book = work.find(BookRow, merchant=merchant, scene=scene, merchant_user=ask.merchant_user_id)
    if book is None:
        raise TRUSTEESHIP_ACCOUNT_NOT_EXIST(merchant_user_id=ask.merchant_user_id)
    told = told_account(work.balance(book.purse), Money(0))
    told.ext_card_info = told_card(work, book)
    return told


def told_account(available: Money, held: Money) -> Account:
    """An account as it is answered."""
    return Account(available_amount=available, freeze_amount=held, total_amount=available + held)
