"""What can go wrong with deliveries and their pictures."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
BIZ_ERROR = fault(
    "BIZ_ERROR", zh="当前不能这样做，请先查询", en="This cannot be done now.", fix="Query first; the reason is named.",
)
FILE_SIZE_OUT_OF_RANGE = fault(
    "FILE_SIZE_OUT_OF_RANGE", zh="图片过大，请压缩后上传", en="The picture is too large.",
    fix="Send one of at most the size named here.",
)
FILE_TYPE_ERROR = fault(
    "FILE_TYPE_ERROR", zh="图片格式不支持，请上传PNG、JPEG或BMP", en="This is no picture of a known kind.",
    fix="Send PNG, JPEG or BMP.",
)
MATERIAL_ERROR = fault(
    "MATERIAL_ERROR", zh="素材不存在", en="There is no such picture.", fix="Check resource_id.",
)
# fmt: on
