"""What can be refused."""

from kaifang.kernel import fault

TRIGGER_NOT_EXIST = fault(
    "TRIGGER_NOT_EXIST",
    zh="没有这个触发器，请用 kaifang.trigger.list 查看",
    en="There is no such trigger.",
    fix="Take one from kaifang.trigger.list.",
)
TRIGGER_FAILED = fault(
    "TRIGGER_FAILED",
    zh="触发器的某一步被平台拒绝，什么也没有发生",
    en="One of the trigger's calls was refused, so nothing happened.",
    fix="The reason is that call's own; another application may be allowed to.",
)
TRIGGER_FIRED = fault(
    "TRIGGER_FIRED",
    zh="同一个 out_request_no 已经用于另一次触发",
    en="This out_request_no has fired something else.",
    fix="Choose another number for another firing.",
)
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST",
    zh="应用不存在，请检查 app_id",
    en="No application of yours has this number.",
    fix="Check app_id.",
)
