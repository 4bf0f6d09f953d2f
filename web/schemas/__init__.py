"""What programs send and get, field by field, each with a description and an example."""
