"""What can go wrong with membership cards; several methods say the same by different codes, as on the wire."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
NO_CARD_TYPE = fault(
    "NO_CARD_TYPE", zh="卡类型不支持，请核对", en="There is no such kind of card, or of card number.",
    fix="Use one of the kinds named here.",
)
TEMPLATE_NOT_EXIT = fault(
    "TEMPLATE_NOT_EXIT", zh="卡模板不存在，请检查模板号", en="No template of yours has this number.",
    fix="Check the template's number.",
)
TEMPLATE_NOT_EXIST = fault(
    "TEMPLATE_NOT_EXIST", zh="卡模板不存在，请检查模板号", en="No template of yours has this number.",
    fix="Check the template's number.",
)
CARD_TEMPLATE_NOT_EXIST = fault(
    "CARD_TEMPLATE_NOT_EXIST", zh="卡模板不存在，请检查模板号", en="No template of yours has this number.",
    fix="Check the template's number.",
)
FORM_FIELD_INVALID = fault(
    "FORM_FIELD_INVALID", zh="表单字段不支持，请核对", en="No form has such a field.",
    fix="Use the names OPEN_FORM_FIELD_... that are documented.",
)
DUPLICATE_FORM_FIELD = fault(
    "DUPLICATE_FORM_FIELD", zh="表单字段重复：同一字段只能出现一次", en="A field stands in the form twice.",
    fix="Ask for it once, required or optional.",
)
DUPLICATE_BIRTHDAY_FIELD = fault(
    "DUPLICATE_BIRTHDAY_FIELD", zh="生日与不含年份的生日只能选其一",
    en="The birthday is asked for with the year and without.", fix="Ask for one of the two.",
)
DUPLICATE_CERT_NO = fault(
    "DUPLICATE_CERT_NO", zh="身份证与证件号码只能选其一", en="An identity number is asked for twice.",
    fix="Ask for the identity card, or for kind and number of a document.",
)
INVALID_CERT_TYPE_AND_NO = fault(
    "INVALID_CERT_TYPE_AND_NO", zh="证件类型与证件号码必须同时填写",
    en="Kind and number of a document belong together.", fix="Ask for both, or for neither.",
)
ILLEGAL_NULL_ARGUMENT = fault(
    "ILLEGAL_NULL_ARGUMENT", zh="必填内容为空，请补充", en="What is required is empty.",
    fix="Fill in what is named here.",
)
CARD_NOT_EXIT = fault(
    "CARD_NOT_EXIT", zh="会员卡不存在或已失效，请检查卡号", en="No card of yours in use has this number.",
    fix="Check the card's number; it may have ended.",
)
CARD_HAS_OPENED = fault(
    "CARD_HAS_OPENED", zh="该用户已开卡，或该外部卡号已被使用",
    en="The person has a card of this template, or your number is taken.", fix="Query the card first.",
)
CARD_IS_DELETED_ALREADY = fault(
    "CARD_IS_DELETED_ALREADY", zh="会员卡已被删除", en="The card was deleted before.",
    fix="There is nothing left to do.",
)
OPEN_CARD_NEED_OPENFORM = fault(
    "OPEN_CARD_NEED_OPENFORM", zh="开卡前需用户提交表单，请使用领卡链接",
    en="The template has a form, which the person has not filled in.", fix="Send the person an activation link.",
)
USER_AUTH_FAIL = fault(
    "USER_AUTH_FAIL", zh="用户未授权或授权用户不一致，请引导用户授权", en="The person has not consented to this.",
    fix="Send the auth_token that this person's consent to auth_ecard led to.",
)
CARD_FORM_MISSING = fault(
    "CARD_FORM_MISSING", zh="入会信息不完整，请补充", en="The form is not filled in.",
    fix="Fill in what is named here.",
)
CARD_IS_SOLD = fault(
    "CARD_IS_SOLD", zh="此卡需购买，请前往商家售卖页面", en="This card is sold by its merchant.",
    fix="Buy it at selling_url; the merchant then opens it.",
)
PAID_OUTER_CARD_LACK_TEMPLATE_CONFIG = fault(
    "PAID_OUTER_CARD_LACK_TEMPLATE_CONFIG", zh="卡模板未配置付费卡信息，请先配置",
    en="The template does not say how the card is sold.", fix="Give the template its paid_outer_card_conf first.",
)
PAIDOUTERCARD_LACK_TEMPLATE_CONFIG = fault(
    "PAIDOUTERCARD_LACK_TEMPLATE_CONFIG", zh="卡模板未配置付费卡信息，请先配置",
    en="The template does not say how the card is sold.", fix="Give the template its paid_outer_card_conf first.",
)
POINT_NOT_ENOUGH = fault(
    "POINT_NOT_ENOUGH", zh="积分不足", en="There are not enough points.", fix="Choose something for fewer points.",
)
EXCHANGE_NOT_EXIST = fault(
    "EXCHANGE_NOT_EXIST", zh="没有此兑换项，请核对", en="Nothing is exchanged by this name or number.",
    fix="Look at what is offered for points.",
)
VOUCHER_NOT_HAD = fault(
    "VOUCHER_NOT_HAD", zh="兑换的券已领完或不可领，未扣积分", en="The voucher cannot be had; no points were spent.",
    fix="Choose something else; the reason is named here.",
)
SPENDING_ENDED = fault(
    "SPENDING_ENDED", zh="该兑换已退回", en="The points were given back already.", fix="There is nothing left to do.",
)
TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="没有此笔已付款的交易，请核对", en="You paid no trade of this number.", fix="Check trade_no.",
)
OPEN_FORM_TEMPLATE_NOT_EXIST = fault(
    "OPEN_FORM_TEMPLATE_NOT_EXIST", zh="卡模板未配置开卡表单，请先设置", en="The template has no form.",
    fix="Set its form first.",
)
ILLEGAL_ARGUMENT_OUT_STRING = fault(
    "ILLEGAL_ARGUMENT_OUT_STRING", zh="out_string 过长", en="The out_string is too long.", fix="Use a shorter one.",
)
LINK_NOT_EXIST = fault(
    "LINK_NOT_EXIST", zh="领卡链接不存在，请核对", en="There is no such link.",
    fix="Ask the merchant for another link.",
)
REQUEST_ID_INVALID = fault(
    "REQUEST_ID_INVALID", zh="request_id 无效，请使用回调中的值", en="Nobody told you anything under this request_id.",
    fix="Use what came to your callback, with the token that came of the same.",
)
REQUEST_ID_EXPIRE = fault(
    "REQUEST_ID_EXPIRE", zh="request_id 已过期，请引导用户重新填写", en="This request_id is too old.",
    fix="Let the person fill in the form again.",
)
BENEFIT_NOT_EXIST = fault(
    "BENEFIT_NOT_EXIST", zh="权益不存在，请检查权益号", en="The template promises nothing under this number.",
    fix="Check benefit_id.",
)
SHOP_NOT_EXIST = fault(
    "SHOP_NOT_EXIST", zh="门店不存在，请检查门店号", en="There is no such shop.", fix="Check the shop's number.",
)
# fmt: on
