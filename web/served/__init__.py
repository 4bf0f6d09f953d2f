"""What the server answers from: an assistant, and its knowledge base as pages show it."""
