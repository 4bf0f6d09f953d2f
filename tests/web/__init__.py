"""Tests of what is served; a package, so that `web` is not the folder beside `tests`."""
