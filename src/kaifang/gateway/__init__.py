"""The one signed door: the only place that knows HTTP, signatures and encodings."""
