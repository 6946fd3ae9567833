"""The wallet and the consoles in a browser, against a running platform."""
