"""What people say to the assistant itself: greetings, thanks, and questions on what it can do.

An index keeps their vectors, so that others of the kind are known by their nearness (`remarks.npy`;
who changes these samples raises `index/layout.FORMAT_VERSION`). An encoder knows few languages:
what is said most in others is known to the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from entrywise.data.words import folded

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

_SAID: dict[Remark, tuple[str, ...]] = {
    "greeting": (
        "guten Morgen", "guten Abend", "moin", "servus", "bonjour", "bonsoir", "salut",
        "hola", "buenos días", "buenas tardes", "ciao", "buongiorno", "olá", "bom dia",
        "hoi", "goedemorgen", "goedendag", "cześć", "dzień dobry",
        "привет", "здравствуйте", "добрый день", "こんにちは", "おはようございます", "你好", "您好",
    ),
    "thanks": (
        "vielen Dank", "danke schön", "tschüss", "merci", "merci beaucoup", "au revoir",
        "gracias", "muchas gracias", "adiós", "grazie", "grazie mille", "arrivederci",
        "obrigado", "obrigada", "muito obrigado", "bedankt", "dank je wel", "dank u wel",
        "dziękuję", "dzięki", "спасибо", "большое спасибо", "до свидания",
        "ありがとう", "ありがとうございます", "谢谢", "再见",
    ),
    "abilities": (
        "Hilfe", "wie heißt du", "was können Sie", "wer sind Sie",
        "que peux-tu faire", "que pouvez-vous faire", "qui es-tu", "qui êtes-vous",
        "ayuda", "qué puedes hacer", "quién eres", "aiuto", "cosa puoi fare", "chi sei",
        "ajuda", "o que você pode fazer", "quem é você", "wat kun je", "wie ben je",
        "pomoc", "co potrafisz", "kim jesteś", "помощь", "что ты умеешь", "кто ты",
        "何ができますか", "あなたは誰ですか", "帮助", "你能做什么", "你是谁",
    ),
}  # fmt: skip
SAID: Mapping[str, Remark] = {folded(text): kind for kind, texts in _SAID.items() for text in texts}
"""{what is said, folded: its kind} in German, French, Spanish, Italian, Portuguese, Dutch, Polish,
Russian, Japanese and Chinese."""
REMARKS_SAID = frozenset(SAID).union(folded(text) for _, text in REMARKS)
"""All of it to the letter, folded."""
