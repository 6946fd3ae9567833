"""What the codec says of bytes that it cannot use."""


class Malformed(ValueError):
    """Bytes from outside that cannot be used: which field, why, and what the sender can do about it."""

    def __init__(self, field: str, reason: str, cure: str) -> None:
        super().__init__(f"{field} {reason}; {cure}")
        self.field, self.reason, self.cure = field, reason, cure


class TooLarge(Malformed):
    """More bytes, fields or parts than anybody needs."""
