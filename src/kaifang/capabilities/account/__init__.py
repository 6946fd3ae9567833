"""People and merchants: who they are, how they prove it, and which apps they let know what about them."""

from kaifang.kernel import capability

capability(
    title="Account",
    zh="用户与授权",
    needs=[
        "kaifang.cashier.open",
        "kaifang.openapp.app.list",
        "kaifang.openapp.credentials",
        "kaifang.openapp.field.granted",
        "kaifang.openapp.message.send",
    ],
)
