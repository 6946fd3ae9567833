"""The capabilities: one folder each, found by the kernel, listed by nobody."""
