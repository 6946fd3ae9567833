"""The doors for devices in shops: their signed messages, over HTTP and MQTT, become ordinary calls."""

from .hearing import Hearing
from .http import open_devices

__all__ = ["Hearing", "open_devices"]
