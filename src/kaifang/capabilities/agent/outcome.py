"""What becomes of a transaction: the merchant is asked, agrees or not, or lets the time pass."""

from typing import Any

from kaifang.kernel import DAY, Happening, Work, hears, timer
from kaifang.kernel.machine import Move

from .find import contract_of
from .product import percent_as_fee, product_of
from .states import AgentOrder, Contract
from .tables import BatchRow, ContractRow, Signing

CONFIRM_LIVES = 15 * DAY


def facts(row: BatchRow) -> dict[str, str]:
    """What is announced of a transaction."""
    return {"provider": row.provider, "merchant": row.merchant, "order_no": row.order_no or ""}


def tell(work: Work, row: BatchRow) -> None:
    """Tell the service provider how the order stands."""
    content = {
        "batch_no": row.id, "order_no": row.order_no, "order_status": row.state, "merchant_pid": row.merchant,
        "reject_reason": row.reason,
    }  # fmt: skip
    work.ask(
        "kaifang.openapp.message.send", msg_method="kaifang.agent.order.changed", content=content, app=row.app,
        subject=row.id,
    )  # fmt: skip


def wait(work: Work, row: BatchRow, lives: int) -> None:
    """It ends if nothing happens for so long."""
    row.due = work.now + lives
    work.later(row.due, "agent.due", row.id)


@timer("agent.due")
def too_late(work: Work, happening: Happening) -> None:
    """A transaction that was not submitted in time, or that the merchant did not answer, has ended."""
    row = work.find(BatchRow, id=happening.subject)
    if row is None or row.due > work.now:
        return
    for arrow in (AgentOrder.lapse, AgentOrder.expire):
        if arrow.possible(row):
            drop(work, row, arrow)
            return


def contracts(work: Work, row: BatchRow) -> list[ContractRow]:
    """The contracts that a transaction is about, as far as they are still its own."""
    found = [contract_of(work, row.merchant, one.product) for one in row.products]
    return [one for one in found if one is not None and one.batch == row.id]


def drop(work: Work, row: BatchRow, arrow: Move) -> None:
    """It ends, and nothing comes of it."""
    arrow(work, row, **facts(row))
    for one in contracts(work, row):
        if Contract.lapse.possible(one):
            Contract.lapse(work, one, merchant=one.merchant, product=one.product)
            one.since = work.now
    if row.proposal:
        work.ask("kaifang.proposal.withdraw", proposal_id=row.proposal)
    row.proposal, row.page = "", ""
    if row.order_no:
        tell(work, row)


def offer(work: Work, row: BatchRow) -> None:
    """Ask the merchant, unless a signauth does."""
    wait(work, row, CONFIRM_LIVES)
    if row.joint:
        return
    opened = work.ask(
        "kaifang.proposal.open", party=row.merchant, proposer=row.provider, kind="agent", subject=row.id,
        zh="服务商为您申请开通以下产品，请确认", en="The service provider has applied for this on your behalf.",
        points=points(work, row), until=row.due,
    )  # fmt: skip
    row.proposal, row.page = opened.proposal_id, opened.url


def points(work: Work, row: BatchRow) -> list[dict[str, str]]:
    """What a transaction says, line by line."""
    told = []
    for one in row.products:
        product = product_of(work, one.product)
        value = f"{one.told['rate']}%" if one.told.get("rate") else "开通 / open"
        told.append({"zh": product.zh, "en": product.en, "value": value})
    if row.mini is not None:
        told.append({"zh": "创建小程序", "en": "A mini program", "value": row.mini.told["app_name"]})
    if gives_word(row):
        name = work.ask("kaifang.openapp.credentials", app_id=row.app).name
        told.append({"zh": "授权应用代您操作", "en": "May act for you", "value": name})
    return told


def gives_word(row: BatchRow) -> bool:
    """Whether the merchant's consent lets the service provider act for it too."""
    return bool(row.ticket) or row.mini is not None or any(one.told.get("sign_and_auth") for one in row.products)


def asked(work: Work, happening: Happening) -> BatchRow | None:
    """The transaction that a proposal was about, if it waits for just this answer."""
    if happening.facts["kind"] != "agent":
        return None
    row = work.find(BatchRow, id=happening.facts["about"])
    return row if row is not None and row.proposal == happening.subject else None


@hears("proposal.agree")
def agreed(work: Work, happening: Happening) -> None:
    """The merchant has agreed."""
    if row := asked(work, happening):
        conclude(work, row)


@hears("proposal.refuse")
def refused(work: Work, happening: Happening) -> None:
    """The merchant has refused."""
    if row := asked(work, happening):
        drop(work, row, AgentOrder.refuse)


def conclude(work: Work, row: BatchRow) -> Any:
    """Everything that was agreed to comes true: contracts, the mini program, and the merchant's word, which it is."""
    for one in contracts(work, row):
        Contract.take_effect(work, one, merchant=one.merchant, product=one.product)
        one.since = work.now
    for signing in row.products:
        agree_on_rate(work, row.merchant, signing)
    if row.mini is not None:
        made = {"party": row.merchant, "name": row.mini.told["app_name"], "kind": "MINI"}
        row.made = work.ask("kaifang.openapp.app.create", **made).app_id
    granted = give_word(work, row.app, row.merchant, row.made) if gives_word(row) else None
    row.proposal, row.page = "", ""
    AgentOrder.agree(work, row, **facts(row))
    tell(work, row)
    return granted


def agree_on_rate(work: Work, merchant: str, signing: Signing) -> None:
    """What the platform takes of the merchant's trades is what was signed last."""
    if rate := signing.told.get("rate"):
        work.ask("kaifang.trade.terms.set", seller_id=merchant, fee_rate=percent_as_fee(rate))


def give_word(work: Work, app: str, merchant: str, wanted: str = "") -> Any:
    """Let a service provider's application act for a merchant's: the one wanted, its oldest, or one opened for it."""
    auth_app = wanted or oldest_app(work, merchant)
    if not auth_app:
        name = work.ask("kaifang.account.party.find", user_id=merchant).name
        auth_app = work.ask("kaifang.openapp.app.create", party=merchant, name=name).app_id
    return work.ask("kaifang.openapp.authorisation.grant", app_id=app, auth_app_id=auth_app)


def oldest_app(work: Work, merchant: str) -> str:
    """The first of a merchant's applications that is not closed, if it has any."""
    inside = work.acting(role="inside")
    found = inside.ask("kaifang.openapp.app.list", party=merchant, page_size=100).apps
    return next((one.app_id for one in found if one.role == "merchant" and one.state != "CLOSED"), "")
