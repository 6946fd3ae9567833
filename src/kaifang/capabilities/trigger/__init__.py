"""Triggers: what an application is told of happens for once in a sandbox, by real calls of made-up people."""

from kaifang.kernel import capability

capability(
    title="Triggers", zh="沙箱触发器",
    needs=[
        "alipay.fund.auth.order.freeze", "alipay.fund.auth.order.unfreeze", "alipay.fund.batch.create",
        "alipay.fund.coupon.order.app.pay", "alipay.fund.trans.uni.transfer",
        "alipay.marketing.card.template.create", "alipay.marketing.cashvoucher.template.create",
        "alipay.marketing.voucher.send", "alipay.open.agent.common.sign", "alipay.open.agent.confirm",
        "alipay.open.agent.create", "alipay.open.app.api.field.apply",
        "alipay.open.app.message.subscription.query", "alipay.open.app.message.topic.subscribe",
        "alipay.open.servicemarket.commodity.extendinfos.add",
        "alipay.open.servicemarket.commodity.extendinfos.confirm", "alipay.open.sp.operation.apply",
        "alipay.trade.app.pay", "alipay.trade.create", "alipay.trade.order.settle", "alipay.trade.pay",
        "alipay.trade.refund", "alipay.trade.royalty.relation.bind", "alipay.user.agreement.page.sign",
        "alipay.user.agreement.unsign", "ant.merchant.expand.indirect.zft.create",
        "ant.merchant.expand.shop.create", "kaifang.account.consent.give", "kaifang.account.consent.withdraw",
        "kaifang.account.party.change", "kaifang.account.party.find", "kaifang.account.party.open",
        "kaifang.card.join", "kaifang.card.show", "kaifang.cashier.confirm", "kaifang.fund.bank.open",
        "kaifang.fund.bank.remit", "kaifang.fund.batch.confirm", "kaifang.fund.card.bind",
        "kaifang.fund.code.create", "kaifang.market.commodity.publish",
        "kaifang.market.order.pay", "kaifang.market.order.place", "kaifang.merchant.complaint.open",
        "kaifang.merchant.review.decide", "kaifang.openapp.app.create", "kaifang.openapp.app.query",
        "kaifang.openapp.authorisation.give", "kaifang.openapp.authorisation.withdraw",
        "kaifang.openapp.credentials", "kaifang.openapp.field.decide", "kaifang.proposal.answer",
        "kaifang.proposal.list", "kaifang.trade.confirm_payment", "kaifang.voucher.template.confirm",
    ],
)  # fmt: skip
