"""Consent in a browser: a user lets an app know them, a merchant lets a service provider act for it."""
