"""Devices in shops: tills, face terminals and speakers with keys of their own, bound to merchants and heard of."""

from kaifang.kernel import capability

capability(
    title="Devices in shops",
    zh="门店设备",
    needs=["kaifang.openapp.credentials", "kaifang.trade.find"],
)
