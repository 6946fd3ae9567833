"""What can be refused of devices."""

from kaifang.kernel import Sort, fault

# fmt: off
DEVICE_NOT_EXIST = fault(
    "DEVICE_NOT_EXIST", zh="设备不存在，请检查设备标识", en="There is no such device.",
    fix="Check biz_tid, or supplier_id and device_sn.",
)
DEVICE_EXIST = fault(
    "DEVICE_EXIST", zh="该序列号已登记为另一台设备，更换密钥请用 rekey",
    en="This serial number is registered as another device.", fix="Check sn; a new key is given by rekey.",
)
DEVICE_REVOKED = fault(
    "DEVICE_REVOKED", zh="设备已吊销，不再可用", en="The device is revoked for good.", fix="Use another device.",
    sort=Sort.PERMISSION,
)
DEVICE_CLONED = fault(
    "DEVICE_CLONED", zh="同一密钥出现在两处，设备已停用，请更换密钥",
    en="Two devices sign with this key, so neither is believed.", fix="Give the right one a new key.",
    sort=Sort.PERMISSION,
)
DEVICE_NOT_BOUND = fault(
    "DEVICE_NOT_BOUND", zh="设备未绑定商户，或绑定它的应用已下线，请先绑定",
    en="The device is bound to nobody, or by an application that is not online.", fix="Bind it first.",
    sort=Sort.PERMISSION,
)
METHOD_NOT_FOR_DEVICE = fault(
    "METHOD_NOT_FOR_DEVICE", zh="此类设备不能调用该接口", en="A device of this kind may not call this method.",
    fix="Call it with an application, or from a device of another kind.", sort=Sort.PERMISSION,
)
MESSAGE_REPLAYED = fault(
    "MESSAGE_REPLAYED", zh="该报文已收到过，请用更大的 counter 重新签名",
    en="A message with this counter, or a later one, was heard before.", fix="Sign a new one with a higher counter.",
    sort=Sort.PERMISSION,
)
MESSAGE_STALE = fault(
    "MESSAGE_STALE", zh="报文时间与平台时间相差超过十分钟，请校准设备时钟",
    en="The message was signed more than ten minutes ago, or ahead.", fix="Set the device's clock.",
    sort=Sort.PERMISSION,
)
KEY_CHANGED = fault(
    "KEY_CHANGED", zh="设备密钥已更换", en="The device has another key by now.", fix="Sign with the new key.",
    sort=Sort.PERMISSION,
)
MERCHANT_ID_UNMATCHED = fault(
    "MERCHANT_ID_UNMATCHED", zh="商户不匹配，请检查商户号", en="The device and this merchant do not belong together.",
    fix="Check the merchant's number.",
)
SHOP_ID_UNMATCHED = fault(
    "SHOP_ID_UNMATCHED", zh="门店不属于该商户，请检查门店号", en="This is no shop of the merchant's.",
    fix="Check the shop's number.",
)
BIND_FAIL = fault(
    "BIND_FAIL", zh="绑定失败：设备已绑定其他商户或不可用", en="The device is bound to somebody else, or not usable.",
    fix="Have it unbound first, or use another device.",
)
OPERATION_PERMISSION_DENIED = fault(
    "OPERATION_PERMISSION_DENIED", zh="没有操作该设备的权限", en="This device is not yours to do that with.",
    fix="Ask whoever it is bound or sold to.", sort=Sort.PERMISSION,
)
ACCESS_DENIED = fault(
    "ACCESS_DENIED", zh="无权查询该设备", en="This device is not yours to look at.",
    fix="Ask whoever it is bound to.", sort=Sort.PERMISSION,
)
RECORD_NOT_EXIST = fault(
    "RECORD_NOT_EXIST", zh="没有这样的绑定关系", en="The device is not bound so.", fix="Query what it is bound to.",
)
DEVICE_REPORT_UPLOAD_ERROR = fault(
    "DEVICE_REPORT_UPLOAD_ERROR", zh="检测报告未收下：没有该序列号的设备或报告不是 JSON",
    en="No device of yours has this serial number, or the report is not JSON.", fix="Check sn and report_content.",
)
MESSAGE_CLASH = fault(
    "MESSAGE_CLASH", zh="同一编号的消息内容不一致", en="This number was used for another message.",
    fix="Use a new one.",
)
MESSAGE_GONE = fault(
    "MESSAGE_GONE", zh="该消息已完成或已过期", en="This message is done or has expired.", fix="Fetch what waits.",
)
MESSAGE_NOT_EXIST = fault(
    "MESSAGE_NOT_EXIST", zh="没有发给该设备的此消息", en="This device has no such message.", fix="Fetch what waits.",
)
FACE_TAKEN = fault(
    "FACE_TAKEN", zh="该人脸已被他人录入", en="Somebody else is known by this face.", fix="Let the right person enrol.",
)
FACE_UNKNOWN = fault(
    "FACE_UNKNOWN", zh="未识别出已录入的人脸，请改用付款码", en="Nobody is known by this face.",
    fix="Let the person pay with a code, or enrol in the wallet.",
)
FACE_NOT_TRUSTED = fault(
    "FACE_NOT_TRUSTED", zh="该终端的供应商未经平台认可，不能识别人脸，请改用付款码",
    en="The platform does not believe this terminal's supplier whose face it saw.",
    fix="Let the person pay with a code, or have the supplier trusted by the platform's operators.",
    sort=Sort.PERMISSION,
)
SUPPLIER_NOT_EXIST = fault(
    "SUPPLIER_NOT_EXIST", zh="供应商不存在，请检查账号", en="There is no such supplier.", fix="Check supplier_id.",
)
ZIM_NOT_EXIST = fault(
    "ZIM_NOT_EXIST", zh="刷脸会话不存在、已过期或已使用，请重新初始化",
    en="This look at a face was never begun, is over, or has been used.", fix="Initialise again.",
)
FTOKEN_INVALID = fault(
    "FTOKEN_INVALID", zh="ftoken 无效、已过期或已使用，请重新刷脸",
    en="The face token is wrong, used or expired, or not yours.", fix="Look at the face again.",
)
PHONE_NOT_AGREED = fault(
    "PHONE_NOT_AGREED", zh="用户未在设备上同意提供手机号", en="The person did not agree on the screen to tell it.",
    fix="Ask on the screen first.", sort=Sort.PERMISSION,
)
OFFER_GONE = fault(
    "OFFER_GONE", zh="入会时机已过，请在支付后五分钟内操作",
    en="Nobody can be meant any more: joining is offered within five minutes of a face or a payment.",
    fix="Let the person join from the wallet.",
)
JOIN_REFUSED = fault(
    "JOIN_REFUSED", zh="无法一键入会，请在钱包中领卡", en="This card cannot be joined with one tap.",
    fix="Let the person join from the wallet; the reason is named.",
)
DELIVERY_NOT_EXIST = fault(
    "DELIVERY_NOT_EXIST", zh="投放计划不存在，请检查投放计划号", en="No delivery of yours has this number.",
    fix="Check delivery_id or out_biz_no.",
)
DELIVERY_STATUS_ERROR = fault(
    "DELIVERY_STATUS_ERROR", zh="投放计划已结束", en="The delivery is over.", fix="Create another one.",
)
DELIVERY_CLASH = fault(
    "DELIVERY_CLASH", zh="同一外部业务单号的内容不一致", en="This number was used for another delivery.",
    fix="Use a new out_biz_no.",
)
BOOTH_NOT_EXIST = fault(
    "BOOTH_NOT_EXIST", zh="展位或展位计划不存在、未开放", en="No such place on devices is open.",
    fix="Check space_code and plan_id against those that are open.",
)
PLAN_NOT_EXIST = fault(
    "PLAN_NOT_EXIST", zh="商家活动不存在，请检查商家活动号", en="You take part in nothing by this number.",
    fix="Check merchant_plan_id.",
)
PLAN_STATUS_ERROR = fault(
    "PLAN_STATUS_ERROR", zh="商家活动已取消或已结束", en="The plan is cancelled or over.", fix="Take part anew.",
)
RESOURCE_INVALID = fault(
    "RESOURCE_INVALID", zh="投放内容无效：不是您进行中的券活动",
    en="This is no voucher activity of yours that goes on.",
    fix="Check the activity's number, and publish it.",
)
CLAIM_REFUSED = fault(
    "CLAIM_REFUSED", zh="此券现在不能领取", en="This voucher cannot be had now.", fix="The reason is named.",
)
TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="没有这笔已付款的交易，或金额不符",
    en="No paid trade of the device's merchant has this number and amount.", fix="Check trade_id and amount.",
)
