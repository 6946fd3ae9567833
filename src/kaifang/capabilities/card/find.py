"""Finding the template that is meant."""

from kaifang.kernel import FaultKind, Work

from .tables import TemplateRow


def own_template(work: Work, template_id: str, missing: FaultKind) -> TemplateRow:
    """The caller's template with this number."""
    row = work.find(TemplateRow, id=template_id)
    if row is None or row.merchant != work.caller.merchant:
        raise missing(template_id=template_id)
    return row
