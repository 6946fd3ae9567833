"""What is kept of messages."""

from kaifang.kernel import Row, Shape, table

from .states import Batch, Template


class Fatigue(Shape):
    """How many a person gets at most in how long."""

    total: int  # messages
    unit: str  # day or week
    value: int  # so many of them


class Keyword(Shape):
    """One line of a message."""

    name: str  # what it is, such as 取货时间
    value: str  # what the merchant says


@table("message_library")
class LibraryRow(Row):
    """A template that all merchants can choose."""

    id: str  # its code
    name: str
    keywords: list[str]
    rule: str  # one_time_subscribe or long_term_subscribe
    industry: str  # code of the industry it is for
    scenario: str  # within the industry
    push: bool  # whether telephones ring for it
    fatigue: Fatigue | None
    selectable: bool = True


@table("message_template", unique=[("slot",)], index=[("app",)])
class TemplateRow(Row):
    """A template that an application chose."""

    id: str  # 32 letters and digits
    slot: str  # the application, the library's code and the keywords: chosen once
    app: str
    merchant: str  # user id
    name: str
    keywords: list[str]
    rule: str  # one_time_subscribe or long_term_subscribe
    fatigue: Fatigue | None
    state: str = Template.begin.name


@table("message_consent", key=("template", "user"), index=[("user",)])
class ConsentRow(Row):
    """A person agreed to messages by a template."""

    template: str  # its number
    user: str  # user id
    since: int  # milliseconds
    left: int  # how many may still come: one, or any number where it is below zero; none after unsubscribing
    period: int = 0  # which stretch of the template's limit was counted last
    within: int = 0  # how many came in it


@table("message", unique=[("content",)], index=[("user", "id")])
class MessageRow(Row):
    """One message to one person."""

    id: str  # 28 digits
    content: str  # digest of whom, by what, about what and which words: what makes two messages one
    user: str  # user id
    merchant: str  # user id
    app: str
    template: str  # its number
    title: str
    lines: list[Keyword]
    page: str  # of the mini-program
    sent: int  # milliseconds
    opened: int = 0  # milliseconds, 0: not yet


@table("message_form")
class FormRow(Row):
    """How many messages were sent about a trade."""

    id: str  # trade_no
    sent: int = 0


@table("message_batch", index=[("app",)])
class BatchRow(Row):
    """One message to all who subscribed."""

    id: str  # 28 digits
    app: str
    template: str  # its number
    words: list[str]  # the keywords' values
    page: str  # of the mini-program
    due: int  # milliseconds
    sent: int = 0  # how many people have had it
    state: str = Batch.begin.name
