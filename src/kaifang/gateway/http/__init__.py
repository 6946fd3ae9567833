"""HTTP/1.1 and websockets for the gateway: bytes in, bytes out, and nothing of payments."""

from kaifang.gateway.http.answer import Refusal
from kaifang.gateway.http.exchange import Exchange
from kaifang.gateway.http.limits import Limits
from kaifang.gateway.http.server import Server, run, serve
from kaifang.gateway.http.stream import ClientGone, Stream, server_sent_event
from kaifang.gateway.http.websocket import WebSocket, WebSocketClosed

__all__ = [
    "ClientGone",
    "Exchange",
    "Limits",
    "Refusal",
    "Server",
    "Stream",
    "WebSocket",
    "WebSocketClosed",
    "run",
    "serve",
    "server_sent_event",
]
