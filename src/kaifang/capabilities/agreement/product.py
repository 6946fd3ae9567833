"""The products of agreements, and the deductions that each is for."""

from .errors import PRODUCT_CODE_NOT_SUPPORTED_ERROR

CYCLE = "CYCLE_PAY_AUTH_P"  # deductions by period, within rules
# personal_product_code -> the product_code that its deductions may have
PRODUCTS = {CYCLE: ("CYCLE_PAY_AUTH", "GENERAL_WITHHOLDING"), "GENERAL_WITHHOLDING_P": ("GENERAL_WITHHOLDING",)}
NAMES = {CYCLE: "周期扣款", "GENERAL_WITHHOLDING_P": "免密支付"}  # as people read them
NO_SCENE = "DEFAULT|DEFAULT"


def check_product(product: str, of_deductions: str | None = None) -> None:
    """Whether there is such a product, and its deductions are of the kind that is said."""
    if product not in PRODUCTS:
        raise PRODUCT_CODE_NOT_SUPPORTED_ERROR(personal_product_code=product)
    if of_deductions is not None and of_deductions not in PRODUCTS[product]:
        raise PRODUCT_CODE_NOT_SUPPORTED_ERROR(product_code=of_deductions)
