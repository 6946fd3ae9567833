"""What of a merchant's business a service provider may run: scenes, and the permissions in each."""

from kaifang.kernel import Work

from .states import Operation
from .tables import OperationRow

Scenes = dict[str, list[str]]
SCENES = {
    "SHOP_MANAGE": ("管理门店信息", "Shops"),
    "MINI_APP_OPER": ("运营支付宝小程序", "Mini programs"),
    "PROMOTION_MANAGE": ("运营营销活动", "Promotions"),
    "OPERATION_POINTS": ("管理运营积分", "Points"),
    "INCENTIVE_POINT_MANAGE": ("管理激励点数", "Incentives"),
}
USUAL: Scenes = {scene: [f"{scene}_BASE"] for scene in ("SHOP_MANAGE", "MINI_APP_OPER", "PROMOTION_MANAGE")}


def read(text: str) -> Scenes | None:
    """Scenes as SCENE:PERMISSION,PERMISSION;SCENE:PERMISSION; None if it is written otherwise, or there are no such."""
    found: Scenes = {}
    for part in text.strip(";").split(";"):
        scene, _, permissions = part.partition(":")
        if scene not in SCENES or not fits(scene, permissions.split(",")):
            return None
        found[scene] = permissions.split(",")
    return found


def fits(scene: str, permissions: list[str]) -> bool:
    """Whether a scene has these permissions."""
    return set(permissions) <= {scene, f"{scene}_BASE"}


def points(scenes: Scenes) -> list[dict[str, str]]:
    """What a proposal says of them."""
    return [{"zh": SCENES[one][0], "en": SCENES[one][1], "value": ", ".join(scenes[one])} for one in scenes]


def standing(work: Work, provider: str, merchant: str) -> Scenes:
    """What a merchant lets a service provider run as things stand."""
    rows = work.select(
        OperationRow, "merchant = ? and provider = ? and state = ?", (merchant, provider, Operation.SUCCESS.name), "id"
    )
    found: Scenes = {}
    for row in rows:
        for scene, permissions in row.scenes.items():
            found[scene] = sorted({*found.get(scene, []), *permissions})
    return found


def covers(held: Scenes, wanted: Scenes) -> bool:
    """Whether all that is wanted is held."""
    return all(set(permissions) <= set(held.get(scene, [])) for scene, permissions in wanted.items())
