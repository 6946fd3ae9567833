"""What can go wrong with bills; two codes are those of the live platform, which its documents spell otherwise."""

from kaifang.kernel import fault

BILL_NOT_EXIST = fault(
    "isp.bill_not_exist",
    zh="账单不存在：日账单次日生成，月账单次月生成",
    en="There is no such bill yet.",
    fix="Ask for a day that is over, or a month that is over; bills are ready ten minutes after midnight.",
)
INVALID_ARGUMENTS = fault(
    "invalid_arguments",
    zh="账单参数无效，请检查 bill_type 与 bill_date",
    en="This is no bill type, or no date of a bill.",
    fix="Give bill_type trade or signcustomer, and bill_date as 2026-01-31 or 2026-01.",
)
TYPE_NOT_SUPPORTED = fault(
    "TYPE_NOT_SUPPORTED",
    zh="暂不支持此类型的账单，请使用 trade 或 signcustomer",
    en="Bills of this type are not made here.",
    fix="Give bill_type trade or signcustomer.",
)
BILL_DATE_BEFORE_REGISTRATION = fault(
    "BILL_DATE_BEFORE_REGISTRATION",
    zh="账单日期早于账户的注册日期",
    en="There was no account then.",
    fix="Ask for the day on which the account was opened, or a later one.",
)
USER_AGREEMENT_CHECK_FAIL = fault(
    "USER_AGREEMENT_CHECK_FAIL",
    zh="没有查询该用户账单的授权，请通过 app_auth_token 代商户查询",
    en="You may read your own bills only.",
    fix="Act for that merchant with an app_auth_token.",
)
PROCESSING = fault(
    "PROCESSING",
    zh="账单正在生成，请于零点十分后再查",
    en="The day has just ended, and its bill is not ready.",
    fix="Ask ten minutes after midnight.",
)
BIZ_ERROR = fault(
    "BIZ_ERROR",
    zh="电子回单不存在，请核对 file_id",
    en="You have no receipt of this number.",
    fix="Check the file_id that alipay.data.bill.ereceipt.apply gave.",
)
BILL_LINK_EXPIRED = fault(
    "BILL_LINK_EXPIRED",
    zh="下载链接无效或已过期，请重新获取",
    en="The link is wrong, or its time is over.",
    fix="Ask for a new link; it can be used for 30 seconds.",
)
NO_SUCH_BILL = fault(
    "BILL_NOT_EXIST",
    zh="账单不存在，请核对 bill_id",
    en="You have no bill of this number.",
    fix="Check the bill_id that kaifang.wallet.bills gave.",
)
