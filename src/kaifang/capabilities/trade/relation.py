"""With whom a seller may share: receivers are bound before they are given anything."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import FaultKind, Key, Line, Shape, Work, fault, method

from .find import party
from .tables import RelationRow
from .terms import terms_of

# fmt: off
USER_NOT_EXIST = fault(
    "USER_NOT_EXIST", zh="用户不存在，请检查账号", en="There is no such account.", fix="Check account.",
)
USERNAME_NOT_MATCH = fault(
    "USERNAME_NOT_MATCH", zh="姓名与账号不匹配，请检查 name", en="The account belongs to somebody of another name.",
    fix="Check name.",
)
RECEIVER_LIST_EMPTY = fault(
    "RECEIVER_LIST_EMPTY", zh="分账方列表为空，请至少传一个", en="No receiver is named.", fix="Name one at least.",
)
RECEIVER_LIST_OVERLOAD = fault(
    "RECEIVER_LIST_OVERLOAD", zh="分账方超过 20 个，请分批", en="More than 20 receivers are named.",
    fix="Ask in parts.",
)
INVALID_RECEIVER_TYPE = fault(
    "INVALID_RECEIVER_TYPE", zh="分账方类型无效，请传 userId、loginName 或 openId",
    en="There is no such type of account.", fix="Use userId, loginName or openId.",
)
RECEIVER_ACCOUNT_STATE_INVALID = fault(
    "RECEIVER_ACCOUNT_STATE_INVALID", zh="分账方账户状态异常，请更换账户", en="The receiver's account is not in use.",
    fix="Name another account.",
)
# fmt: on

TYPES = {"userId": "user_id", "loginName": "logon_id", "openId": "open_id"}


class Receiver(Shape):
    type: Key  # what account is: userId, loginName or openId
    account: Key  # whose account
    name: Line | None = None  # the receiver's name, checked if given; required with loginName
    memo: Line | None = None  # what they have to do with each other


class Relate(Shape):
    receiver_list: list[Receiver] = []  # whom to bind, or to let go: 1 to 20


class Related(Shape):
    result_code: str  # SUCCESS


LIST_FAULTS = [
    RECEIVER_LIST_EMPTY, RECEIVER_LIST_OVERLOAD, INVALID_RECEIVER_TYPE, USER_NOT_EXIST, USERNAME_NOT_MATCH
]  # fmt: skip


@method("alipay.trade.royalty.relation.bind", raises=[*LIST_FAULTS, RECEIVER_ACCOUNT_STATE_INVALID])
def bind(work: Work, ask: Relate) -> Related:
    """Bind receivers, so that trades can be shared with them; who is bound already stays so."""
    for one, account in meant(work, ask):
        if account.status != "NORMAL":
            raise RECEIVER_ACCOUNT_STATE_INVALID(account=one.account)
        bound_as = account.logon_id if one.type == "loginName" else ""
        row = work.find(RelationRow, seller=work.caller.merchant, receiver=account.user_id)
        if row is None:
            row = work.add(RelationRow(seller=work.caller.merchant, receiver=account.user_id, since=work.now))
        row.bound_as, row.memo = bound_as or row.bound_as, one.memo or row.memo
    return Related(result_code="SUCCESS")


@method("alipay.trade.royalty.relation.unbind", raises=LIST_FAULTS)
def unbind(work: Work, ask: Relate) -> Related:
    """Let receivers go: nothing more is shared with them, and nothing taken back."""
    for _, account in meant(work, ask):
        row = work.find(RelationRow, seller=work.caller.merchant, receiver=account.user_id)
        if row is not None:
            work.remove(row)
    return Related(result_code="SUCCESS")


def meant(work: Work, ask: Relate) -> list[tuple[Receiver, Any]]:
    """Each receiver that is named, and what is known of it."""
    if not ask.receiver_list:
        raise RECEIVER_LIST_EMPTY()
    if len(ask.receiver_list) > 20:
        raise RECEIVER_LIST_OVERLOAD(receivers=len(ask.receiver_list))
    found = []
    for one in ask.receiver_list:
        if one.type not in TYPES:
            raise INVALID_RECEIVER_TYPE(type=one.type)
        account = party(work, USER_NOT_EXIST, **{TYPES[one.type]: one.account})
        if one.name != account.name and (one.name is not None or one.type == "loginName"):
            raise USERNAME_NOT_MATCH(name=one.name)
        found.append((one, account))
    return found


def account_of(work: Work, missing: FaultKind, account: str, kind: str) -> Any:
    """Whoever is meant by an account and its type."""
    return party(work, missing, **{TYPES.get(kind, "user_id"): account})


def is_bound(work: Work, seller: str, receiver: str) -> bool:
    """Whether a seller may share with a receiver; of what a secondary merchant earns, always with himself."""
    return receiver == seller or work.find(RelationRow, seller=seller, receiver=receiver) is not None


PageNumber = Annotated[int, Meta(ge=1, le=1000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class ListRelations(Shape):
    page_num: PageNumber = 1  # which page
    page_size: PageSize = 20  # receivers on a page, at most 100


class ListedReceiver(Shape):
    type: str  # userId
    account: str  # the receiver's user id
    login_name: str  # its mail address or mobile number, masked
    bind_login_name: str | None = None  # the same when it was bound by it
    memo: str | None = None  # what they have to do with each other


class Relations(Shape):
    result_code: str  # SUCCESS
    receiver_list: list[ListedReceiver]  # the page's receivers, as bound, the oldest first
    current_page_num: int  # this page
    current_page_size: int  # receivers on it
    total_page_num: int  # pages
    total_record_num: int  # receivers


@method("alipay.trade.royalty.relation.batchquery", reads=True)
def batchquery(work: Work, ask: ListRelations) -> Relations:
    """List the receivers that are bound."""
    mine = ("seller = ?", (work.caller.merchant,))
    count = work.count(RelationRow, *mine)
    skip = (ask.page_num - 1) * ask.page_size
    rows = work.select(RelationRow, *mine, "since, receiver", limit=ask.page_size, offset=skip)
    return Relations(
        result_code="SUCCESS", receiver_list=[listed(work, row) for row in rows], current_page_num=ask.page_num,
        current_page_size=len(rows), total_page_num=-(-count // ask.page_size), total_record_num=count,
    )  # fmt: skip


def listed(work: Work, row: RelationRow) -> ListedReceiver:
    """A receiver as it is listed."""
    known = work.ask("kaifang.account.party.find", user_id=row.receiver)
    return ListedReceiver(
        type="userId", account=row.receiver, login_name=known.masked, bind_login_name=row.bound_as or None,
        memo=row.memo or None,
    )  # fmt: skip


class AskRate(Shape):
    pass


class Rate(Shape):
    user_id: str  # the seller
    max_ratio: int  # how much of a trade may be shared at most, percent


@method("alipay.trade.royalty.rate.query", reads=True)
def rate_query(work: Work, ask: AskRate) -> Rate:
    """Ask how much of a trade may be shared."""
    return Rate(user_id=work.caller.merchant, max_ratio=terms_of(work, work.caller.merchant).royalty_percent)
