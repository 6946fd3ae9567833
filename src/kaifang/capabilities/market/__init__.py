"""The market of services: providers publish them, merchants order and pay, and the money waits until each is done."""

from kaifang.kernel import capability

capability(
    title="Service market",
    zh="服务市场",
    needs=[
        "kaifang.account.party.find",
        "kaifang.agent.operation.allowed",
        "kaifang.cashier.open",
        "kaifang.merchant.shop.read",
        "kaifang.openapp.address",
        "kaifang.openapp.app.create",
        "kaifang.openapp.credentials",
        "kaifang.openapp.file.read",
        "kaifang.openapp.message.send",
    ],
)
