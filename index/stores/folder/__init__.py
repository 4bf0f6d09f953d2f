"""A folder of files, mapped into memory: the store of one machine, at any size that fits it."""
