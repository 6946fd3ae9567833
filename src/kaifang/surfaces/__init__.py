"""People's windows: pages and consoles, each of which talks to the gateway like any outsider."""
