"""`python -m kaifang.gateway.openapi`: the document on standard output, for whoever builds something from it."""

import sys

import msgspec

import kaifang.capabilities
import kaifang.gateway.door  # noqa: F401 - the gateway has methods of its own
from kaifang.kernel.capability import discover

from .document import document

discover(kaifang.capabilities)
sys.stdout.buffer.write(msgspec.json.encode(document()) + b"\n")
