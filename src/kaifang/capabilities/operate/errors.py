"""What can be refused."""

from kaifang.kernel import fault

CLOCK_RUNS_FORWARD = fault(
    "CLOCK_RUNS_FORWARD",
    zh="时钟只能向前，请指定一个不早于现在的时间",
    en="The clock never runs backwards.",
    fix="Name a moment that is not before the present one.",
)
CLOCK_TOO_FAR = fault(
    "CLOCK_TOO_FAR",
    zh="时钟一次最多前进十年，请分多次移动",
    en="The clock moves on by at most ten years at a time.",
    fix="Move it several times.",
)
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST",
    zh="应用不存在，请检查 app_id",
    en="No application of yours has this number.",
    fix="Check app_id.",
)
NOTICE_NOT_EXIST = fault(
    "NOTICE_NOT_EXIST",
    zh="通知不存在，请检查 notify_id",
    en="No notification of yours has this number.",
    fix="Check notify_id.",
)
ENTRY_NOT_EXIST = fault(
    "ENTRY_NOT_EXIST",
    zh="账目流水不存在，请检查 writer 与 number",
    en="No entry of the journal has this place.",
    fix="Check writer and number.",
)
SWITCH_NOT_EXIST = fault(
    "SWITCH_NOT_EXIST",
    zh="没有这个名称的能力或接口，请检查 name",
    en="Neither a capability nor a live method has this name.",
    fix="List them with kaifang.coverage.capabilities and kaifang.coverage.methods.",
)
SWITCH_NEEDED = fault(
    "SWITCH_NEEDED",
    zh="平台运行本身的接口不能关闭",
    en="What the platform itself is run with cannot be switched off.",
    fix="Switch off something else.",
)
