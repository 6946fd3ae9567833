"""What can go wrong with agreements; those of deductions are told by trades, under the names they have there."""

from kaifang.kernel import fault

USER_AGREEMENT_NOT_EXIST = fault(
    "USER_AGREEMENT_NOT_EXIST",
    zh="用户协议不存在，请核对协议号、产品码和签约场景",
    en="You have no such agreement with anybody.",
    fix="Check agreement_no; or the product, the scene, and the person or your own number.",
)
AGREEMENT_NOT_EXIST = fault(
    "AGREEMENT_NOT_EXIST",
    zh="协议不存在，请核对协议号",
    en="There is no agreement with this number.",
    fix="Check agreement_no.",
)
AGREEMENT_HAS_UNSIGNED = fault(
    "AGREEMENT_HAS_UNSIGNED",
    zh="协议已解约，请重新签约",
    en="The agreement has ended.",
    fix="Let the person sign a new one.",
)
USER_AGREEMENT_STATUS_NOT_NORMAL = fault(
    "USER_AGREEMENT_STATUS_NOT_NORMAL",
    zh="用户协议当前状态不允许此操作，请先查询",
    en="The agreement is not in force, or no longer.",
    fix="Query it first.",
)
USER_AGREEMENT_EXIST = fault(
    "USER_AGREEMENT_EXIST",
    zh="已签约过此协议，无需重复签约；如需多份协议，请传入不同的 external_agreement_no",
    en="Such an agreement is in force already.",
    fix="Use it; or give another external_agreement_no for a further one.",
)
USER_NOT_EXIST_ERROR = fault(
    "USER_NOT_EXIST_ERROR",
    zh="用户不存在，请核对用户号或登录账号",
    en="Nobody has this number or logon id.",
    fix="Check alipay_user_id, alipay_open_id or alipay_logon_id.",
)
USER_STATUS_NOT_NORMAL = fault(
    "USER_STATUS_NOT_NORMAL",
    zh="用户账户状态异常，无法签约",
    en="This person may not sign anything at present.",
    fix="Ask the person to get in touch with the platform.",
)
SIGN_USER_NOT_MATCH = fault(
    "SIGN_USER_NOT_MATCH",
    zh="签约用户与商户指定的用户不一致，请换用指定的账户",
    en="The merchant wants this signed by somebody else.",
    fix="Sign in as the person whom the merchant means.",
)
BINDED_MOBILE_NOT_MATCH = fault(
    "BINDED_MOBILE_NOT_MATCH",
    zh="手机号与用户绑定的手机号不一致",
    en="This is not the person's mobile number.",
    fix="Ask the person for the number of the account.",
)
APPLY_TOKEN_NOT_EXIST = fault(
    "APPLY_TOKEN_NOT_EXIST",
    zh="签约申请不存在或已超时，请重新申请签约",
    en="No application of yours waits under this token.",
    fix="Apply again with alipay.user.agreement.sign.",
)
CONFIRM_NO_NOT_MATCH = fault(
    "CONFIRM_NO_NOT_MATCH",
    zh="校验码不正确，请核对用户收到的校验码",
    en="This is not the code that the person was told.",
    fix="Ask the person for the code.",
)
PRODUCT_CODE_NOT_SUPPORTED_ERROR = fault(
    "PRODUCT_CODE_NOT_SUPPORTED_ERROR",
    zh="产品码不支持，请使用 CYCLE_PAY_AUTH_P 或 GENERAL_WITHHOLDING_P",
    en="There is no such product of agreements.",
    fix="Use CYCLE_PAY_AUTH_P or GENERAL_WITHHOLDING_P.",
)
PRODUCT_CODE_IS_INVALID = fault(
    "PRODUCT_CODE_IS_INVALID",
    zh="目标产品码无效，只能转移为 CYCLE_PAY_AUTH_P",
    en="An agreement cannot be turned into this product.",
    fix="Give target_product_code CYCLE_PAY_AUTH_P.",
)
PRODUCTCODE_ALREADY_UPDATE = fault(
    "PRODUCTCODE_ALREADY_UPDATE",
    zh="协议已是目标产品，无需重复转移",
    en="The agreement is of this product already.",
    fix="Nothing is left to do.",
)
NOT_SUPPORTED_BUSINESS = fault(
    "NOT_SUPPORTED_BUSINESS",
    zh="此协议不支持转移：用户已有同场景的周期扣款协议，或协议已暂停",
    en="This agreement cannot be turned into another product.",
    fix="It must not be paused, and the person must not have signed the other product in this scene.",
)
USER_AGREEMENT_STATUS_IS_EXPIRED = fault(
    "USER_AGREEMENT_STATUS_IS_EXPIRED",
    zh="用户协议已解约或已到期，请重新签约",
    en="The agreement has ended.",
    fix="Let the person sign a new one.",
)
ILLEGAL_AGREEMENT = fault(
    "ILLEGAL_AGREEMENT",
    zh="协议不存在、不是周期扣款协议或不在生效中，请先查询",
    en="You have no agreement of deductions by period under this number, or it is not in force.",
    fix="Query it first.",
)
ILLEGAL_EXECUTION_TIME = fault(
    "ILLEGAL_EXECUTION_TIME",
    zh="扣款时间无效：只能推迟到下次扣款日之后，按月扣款时不能晚于每月 28 日",
    en="The next deduction cannot be put off to this day.",
    fix="Give a day after the next one that is planned; the 28th of a month is the last where months are counted.",
)
DISCORDANT_REPEAT_REQUEST = fault(
    "DISCORDANT_REPEAT_REQUEST",
    zh="同一请求号的参数不一致，请更换 out_request_no",
    en="This number was used for another announcement.",
    fix="Use a new out_request_no.",
)
AGREEMENT_STATUS_NOT_NORMAL = fault(
    "AGREEMENT_STATUS_NOT_NORMAL",
    zh="用户代扣协议已暂停或未生效，请提示用户恢复或签约",
    en="The agreement is paused, or was not signed yet.",
    fix="Ask the person to resume or sign it.",
)
AGREEMENT_INVALID = fault(
    "AGREEMENT_INVALID",
    zh="用户代扣协议已失效，或不适用于此产品",
    en="The agreement has ended, or is for another product.",
    fix="Let the person sign a new one; send the product_code that was agreed on.",
)
CYCLE_PAY_DATE_NOT_MATCH = fault(
    "CYCLE_PAY_DATE_NOT_MATCH",
    zh="扣款日期不在约定的扣款期内",
    en="Today nothing is due.",
    fix="Deduct on the planned day or up to five days before, once a period; or put the day off.",
)
CYCLE_PAY_SINGLE_FEE_EXCEED = fault(
    "CYCLE_PAY_SINGLE_FEE_EXCEED",
    zh="扣款金额超过约定的单次最大金额",
    en="More than may be deducted at once.",
    fix="Deduct at most the agreed amount.",
)
CYCLE_PAY_TOTAL_FEE_EXCEED = fault(
    "CYCLE_PAY_TOTAL_FEE_EXCEED",
    zh="累计扣款金额超过约定的总金额",
    en="More than may be deducted in all.",
    fix="Let the person sign a new agreement.",
)
CYCLE_PAY_TOTAL_TIMES_EXCEED = fault(
    "CYCLE_PAY_TOTAL_TIMES_EXCEED",
    zh="扣款次数超过约定的总次数",
    en="It was deducted as often as was agreed.",
    fix="Let the person sign a new agreement.",
)
DEDUCT_PERMISSION_NOT_EXIST = fault(
    "DEDUCT_PERMISSION_NOT_EXIST",
    zh="扣款许可不存在、已使用或已过期，请先发送预通知",
    en="No announced deduction waits under this number.",
    fix="Announce it with alipay.user.cyclepay.prenotify.create.",
)
