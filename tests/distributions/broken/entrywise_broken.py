"""Cannot be loaded: what it needs is not there."""

import a_package_that_was_removed  # noqa: F401
