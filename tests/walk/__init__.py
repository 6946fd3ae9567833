"""The big walk: all capabilities together under one seed, with a failing store and deaf notify addresses."""
