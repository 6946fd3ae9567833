"""Platforms that are killed under load, and what must be true of them afterwards."""
