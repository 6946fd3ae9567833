"""How much, how long and how many the HTTP layer puts up with from any client."""

from collections.abc import Mapping
from dataclasses import dataclass, field

try:
    import resource
except ImportError:  # Windows counts open files in its own way
    resource = None  # type: ignore[assignment]

KEPT_FILES = 128  # open files left to the store, the logs and the listeners


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Every bound of the HTTP layer; the answer it leads to stands beside it."""

    target_bytes: int = 64 * 1024  # the request target; 414. One client library puts whole calls into it
    header_bytes: int = 32 * 1024  # all header lines of a request together; 431
    header_count: int = 100  # header lines of a request; 431
    body_bytes: int = 1024 * 1024  # the body of a request; 413
    body_bytes_under: Mapping[bytes, int] = field(default_factory=dict)  # path prefix -> its own bound; 413
    held_bytes: int = 256 * 1024 * 1024  # bodies of all unanswered requests together; 503
    connections: int = 4096  # open at once, never more than the process may open files; 503
    pipelined: int = 16  # unanswered requests of one connection; beyond it nothing more is read

    head_seconds: float = 10  # from the first byte of a request to the end of its headers; 408
    body_seconds: float = 10  # the longest silence inside a body, and the grace before its rate counts; 408
    bytes_per_second: int = 1024  # the slowest a client may send a body (408) or read its answer (dropped)
    keep_alive_seconds: float = 75  # between two requests; the connection is closed
    write_seconds: float = 30  # without reading its answers, before the rate counts; the client is dropped
    linger_seconds: float = 2  # for a refused or leaving client to hear the last answer; then it is dropped
    sweep_seconds: float = 0.5  # how often all of these times are looked at

    write_bytes: int = 64 * 1024  # of answers in one connection's buffer before it counts as not reading
    stream_bytes: int = 1024 * 1024  # written to a stream or websocket and not read; the client is dropped
    message_bytes: int = 1024 * 1024  # one websocket message; closed with 1009
    messages: int = 16  # received by a websocket and not taken; beyond it nothing more is read
    silence_seconds: float = 30  # of a websocket before it is asked for a sign of life, and again before it is dropped

    def body_limit(self, path: bytes) -> int:
        """Bytes a body sent to this path may have."""
        own = [limit for prefix, limit in self.body_bytes_under.items() if path.startswith(prefix)]
        return max(own, default=self.body_bytes)


def affordable(connections: int) -> int:
    """As many connections as were asked for, yet no more than leave the store its files."""
    if resource is None:
        return connections
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return connections
    return max(1, min(connections, files - KEPT_FILES))
