"""What can be refused of a review."""

from kaifang.kernel import fault

REVIEW_NOT_EXIST = fault(
    "REVIEW_NOT_EXIST", zh="没有这样的审核单，请检查编号", en="No review has this number.", fix="Check review_id."
)
REVIEW_DECIDED = fault(
    "REVIEW_DECIDED",
    zh="该审核单已有结论或已撤回，请先查询",
    en="This was decided otherwise or taken back already.",
    fix="List the reviews to see how it stands.",
)
