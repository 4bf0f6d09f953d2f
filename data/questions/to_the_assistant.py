"""What people say to the assistant itself: greetings, thanks, and questions on what it can do.

An index keeps their vectors, so that others of the kind are known by their nearness (`remarks.npy`;
who changes these samples raises `index/layout.FORMAT_VERSION`).
"""

from __future__ import annotations

from typing import Literal

Remark = Literal["greeting", "thanks", "abilities", "size"]

_SAMPLES: dict[Remark, tuple[str, ...]] = {
    "greeting": (
        "hello", "hi there", "hey", "good morning", "good evening", "how are you?",
        "nice to meet you", "hallo", "guten Tag",
    ),
    "thanks": (
        "thanks", "thx", "thank you very much", "great, thanks for your help", "well done",
        "goodbye", "see you later", "danke", "auf Wiedersehen",
    ),
    "abilities": (
        "what can you do?", "what can you help me with?", "can you help me?", "help",
        "who are you?", "what are you?", "what is your name?", "tell me about yourself",
        "are you an AI?", "are you a chatbot?", "are you ChatGPT?", "who made you?",
        "how do you work?", "how do I use you?", "what can I ask you?", "what do you know?",
        "what do you know about?", "which topics do you cover?", "what is this?",
        "was kannst du?", "wer bist du?", "kannst du mir helfen?", "was weißt du?",
    ),
    "size": (
        "how many terms do you know?", "how many entries do you have?",
        "how many pages do you know?", "how big is your knowledge base?",
        "how many articles are in this knowledge base?", "how many terms are in the glossary?",
        "how many documents have you read?", "wie viele Einträge hast du?",
    ),
}  # fmt: skip

REMARKS: tuple[tuple[Remark, str], ...] = tuple(
    (kind, text) for kind, texts in _SAMPLES.items() for text in texts
)
"""(kind, what is said), in the order of their vectors in an index."""
