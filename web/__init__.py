"""How people and programs reach the assistant over HTTP."""
