"""Kinds of business: their codes, names, and the licences that some of them need."""

from typing import NamedTuple

from kaifang.kernel import Line, Shape, Work, method

from .errors import CATEGORY_NOT_EXIST


class Category(NamedTuple):
    """One kind of business."""

    group: str  # A0001
    group_name: str  # such as 餐饮
    code: str  # B0001
    mcc: str  # as ISO 18245 counts them
    name: str
    licence: str  # what is needed; empty if nothing


# A group, then its kinds: code, ISO 18245, name, and the licence if one is needed.
TABLE = """
A0001 零售批发
B0001 5411 超市便利店
B0002 5462 面包糕点
B0003 5499 生鲜菜场
B0004 5942 书店文具
B0005 5912 药店 药品经营许可证
B0006 5993 烟草 烟草专卖零售许可证
B0007 5311 百货商场
B0008 5651 服装鞋帽
B0009 5732 数码家电
B0010 5995 宠物用品
B0011 5992 鲜花绿植
B0012 5944 珠宝首饰
A0002 餐饮美食
B0101 5812 餐馆
B0102 5814 快餐茶饮
B0103 5813 酒吧 食品经营许可证
B0104 5811 团餐食堂
A0003 生活服务
B0201 7230 美容美发
B0202 7210 洗衣
B0203 7538 汽车维修
B0204 7523 停车
B0205 5541 加油站 成品油零售经营批准证书
B0206 7299 其他生活服务
B0207 4900 水电煤缴费
A0004 休闲娱乐
B0301 7832 电影院
B0302 7941 运动健身
B0303 7996 游乐景区
B0304 7994 网吧电竞 网络文化经营许可证
A0005 医疗健康
B0401 8062 医院 医疗机构执业许可证
B0402 8021 口腔诊所 医疗机构执业许可证
B0403 8099 其他医疗 医疗机构执业许可证
A0006 教育培训
B0501 8211 学校
B0502 8299 培训机构 办学许可证
A0007 交通出行
B0601 4111 公交地铁
B0602 4121 出租网约车 网络预约出租汽车经营许可证
B0603 7011 酒店住宿 特种行业许可证
B0604 4215 快递物流
"""


def _read(table: str) -> dict[str, Category]:
    found: dict[str, Category] = {}
    group = group_name = ""
    for line in table.split("\n"):
        words = line.split()
        if len(words) == 2:
            group, group_name = words
        elif words:
            code, mcc, name, licence = (*words, "")[:4]
            kind = Category(group, group_name, code, mcc, name, licence)
            found |= {code: kind, mcc: kind, f"{group}_{code}": kind}
    return found


CATEGORIES = _read(TABLE)


def the_category(code: str) -> Category:
    """The kind of business with this code, whichever way it is written: B0001, A0001_B0001 or 5411."""
    if code not in CATEGORIES:
        raise CATEGORY_NOT_EXIST(code=code)
    return CATEGORIES[code]


class Query(Shape):
    mcc_code_list: Line  # codes by comma: B0001, A0001_B0001 or 5411; a group such as A0001 means all of it


class Info(Shape):
    mcc_level_1: str  # code of the group
    mcc_level_1_name: str  # what the group is called
    mcc_level_2: str  # code
    mcc_level_2_name: str  # what it is called
    is_special: bool  # whether people look at every application
    special_qual_required: bool  # whether a licence is needed
    mcc_requirements: str | None = None  # which


class Queried(Shape):
    mcc_info_list: list[Info]  # in the order of the list


@method("ant.merchant.expand.mcc.query", raises=[CATEGORY_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Look up kinds of business by their codes, and which licence each needs."""
    found: list[Category] = []
    for code in ask.mcc_code_list.split(","):
        group = [kind for kind in dict.fromkeys(CATEGORIES.values()) if kind.group == code.strip()]
        found += group or [the_category(code.strip())]
    return Queried(mcc_info_list=[told(kind) for kind in dict.fromkeys(found)])


def told(kind: Category) -> Info:
    """A kind of business as the wire tells it."""
    special = bool(kind.licence)
    return Info(
        mcc_level_1=kind.group, mcc_level_1_name=kind.group_name, mcc_level_2=kind.code, mcc_level_2_name=kind.name,
        is_special=special, special_qual_required=special, mcc_requirements=kind.licence or None,
    )  # fmt: skip
