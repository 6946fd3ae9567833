"""What is kept of templates and cards."""

from kaifang.kernel import Row, table

from .parts import Level, Look


@table("card_template", index=[("merchant", "id")])
class TemplateRow(Row):
    """A kind of card that a merchant gives out."""

    id: str  # template_id, 28 digits
    merchant: str  # user id
    kind: str  # card_type
    write_off: str  # what a card is shown by
    digits: int  # of a card's number behind its prefix
    look: Look  # what it says and looks like
    levels: list[Level] = []
    labels: list[str] = []  # service_label_list
    required: list[str] = []  # what its form asks for
    optional: list[str] = []  # and what may be left out there
    created: int  # milliseconds
    modified: int  # milliseconds

    @property
    def name(self) -> str:
        """What people read."""
        return self.look.template_style_info.card_show_name if self.look.template_style_info else ""
