"""What can be refused of messages; most are named as on the official wire."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "ILLEGAL_ARGUMENT_PARAMS", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
TEMPLATE_LIB_NOT_EXIST = fault(
    "TEMPLATE_LIB_NOT_EXIST", zh="没有可选用的该消息母板，请检查 lib_code 与订阅类型",
    en="No such template can be chosen from the library.", fix="Check lib_code and scene_rule.",
)
KEYWORD_ILLEGAL = fault(
    "MESSAGE_TEMPLATE_KEYWORD_ILLEGAL", zh="关键词不属于该模板，请从模板的关键词中选择",
    en="The template does not have this keyword.", fix="Choose among those of the template.",
)
USER_TEMPLATE_ILLEGAL = fault(
    "USER_TEMPLATE_ILLEGAL", zh="模板不存在，请先申领模板", en="No template of this application has this number.",
    fix="Apply for the template first.",
)
USER_TEMPLATE_STATUS_ILLEGAL = fault(
    "USER_TEMPLATE_STATUS_ILLEGAL", zh="模板已停用", en="The template is shut down.", fix="Use another template.",
)
USER_TEMPLATE_LACK_KEYWORD = fault(
    "USER_TEMPLATE_LACK_KEYWORD", zh="缺少模板的关键词，请补充", en="A keyword of the template has no value.",
    fix="Give keyword1, keyword2 ... a value each.",
)
USER_ID_INVALID = fault(
    "USER_ID_INVALID", zh="用户不存在，请检查 to_user_id 或 to_open_id", en="No such person is known.",
    fix="Check to_user_id or to_open_id.",
)
DATA_SENSITIVE = fault(
    "DATA_SENSITIVE", zh="消息内容含有不允许的词", en="The message holds words that are not allowed.",
    fix="Leave out the words named here.",
)
FORM_ID_INVALID = fault(
    "FORM_ID_INVALID", zh="form_id 无效，请传入已支付的 trade_no", en="No paid trade of yours has this number.",
    fix="Give the trade_no of a trade that was paid, or leave form_id out and send to subscribers.",
)
FORM_ID_NOT_MATCH_APPID = fault(
    "FORM_ID_NOT_MATCH_APPID", zh="该交易不属于当前应用", en="The trade was made by another application.",
    fix="Send with the application that made the trade.",
)
FORM_ID_OVER_TIME = fault(
    "FORM_ID_OVER_TIME", zh="交易已超过 7 天，不能再发送", en="The trade was paid more than seven days ago.",
    fix="Ask the person to subscribe instead.",
)
FORM_ID_SEND_LIMIT = fault(
    "FORM_ID_SEND_LIMIT", zh="该交易可发送的消息数已用完", en="Three messages were sent about this trade already.",
    fix="Ask the person to subscribe instead.",
)
TRADE_NO_NOT_MATCH_USERID = fault(
    "TRADE_NO_NOT_MATCH_USERID", zh="该交易不是此用户支付的", en="Somebody else paid this trade.",
    fix="Send to who paid.",
)
MSG_UNSUBSCRIBED = fault(
    "MSG_UNSUBSCRIBED", zh="用户未订阅该消息，或一次性订阅已使用",
    en="The person did not agree to this message, or not again.",
    fix="Ask the person to subscribe.",
)
MSG_SINGLE_SD_OVER = fault(
    "MSG_SINGLE_SD_OVER", zh="该用户接收此消息已达上限",
    en="The person has had as many of these as the template allows.",
    fix="Wait for the next period.",
)
BATCH_NOT_EXIST = fault(
    "BATCH_MSG_NOT_EXIST", zh="批量发送记录不存在，请检查 batch_msg_id", en="You sent no batch of this number.",
    fix="Check batch_msg_id.",
)
LIBRARY_CLASH = fault(
    "LIBRARY_CLASH", zh="该母板编码已用于别的内容", en="This code stands for another template of the library.",
    fix="Choose a new code.",
)
MESSAGE_NOT_EXIST = fault(
    "MESSAGE_NOT_EXIST", zh="消息不存在", en="You have no such message.", fix="Check message_id.",
)
TEMPLATE_NOT_EXIST = fault(
    "TEMPLATE_NOT_EXIST", zh="消息模板不存在", en="No template has this number.", fix="Check template_id.",
)
# fmt: on
