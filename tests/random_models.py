"""Makes small random models of sentence-transformers, as folders: nothing has to be downloaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Dense,
    Normalize,
    Pooling,
    StaticEmbedding,
    Transformer,
)
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from tokenizers.trainers import BpeTrainer, UnigramTrainer, WordPieceTrainer
from transformers import (
    BertConfig,
    ModernBertConfig,
    MPNetConfig,
    PreTrainedTokenizerFast,
    Qwen3Config,
    T5Config,
    T5EncoderModel,
    XLMRobertaConfig,
)
from transformers.models.auto.modeling_auto import AutoModel

from entrywise.data.source import shipped
from entrywise.index.graphs.libraries import quiet

WIDTH, PIECES = 32, 128
"""Of a token vector, and how many are read at once."""
_VOCABULARY = 600
_LAYERS = {"hidden_size": WIDTH, "num_hidden_layers": 2, "num_attention_heads": 2}
_BERT_LIKE = {"intermediate_size": 64, "vocab_size": _VOCABULARY}
# Large weights: with the usual small ones, all texts have almost the same vector.
_SPREAD = 0.3


@dataclass(frozen=True)
class Recipe:
    """What a model is made of."""

    architecture: str
    pooling: str | tuple[str, ...] = "mean"
    dense: str = ""
    """The activation of a Dense module, e.g. `Tanh`; empty: there is none."""
    normalize: bool = True
    prompts: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    """Of SentenceTransformer and, with `include_prompt`, of Pooling."""


def make(recipe: Recipe, folder: Path) -> SentenceTransformer:
    """Write a model into a folder, and open it from there."""
    torch.manual_seed(0)
    options = dict(recipe.options)
    include_prompt = options.pop("include_prompt", True)
    with quiet():
        modules: list[Any] = [_first(recipe.architecture, folder / "transformer")]
        width = WIDTH
        if recipe.architecture != "static":
            pooling: Any = recipe.pooling
            modules.append(Pooling(WIDTH, pooling, include_prompt=include_prompt))
            width = modules[-1].get_embedding_dimension()
        if recipe.dense:
            activation = getattr(torch.nn, recipe.dense)()
            modules.append(Dense(width, 24, activation_function=activation))
        if recipe.normalize:
            modules.append(Normalize())
        made = SentenceTransformer(modules=modules, prompts=recipe.prompts, device="cpu", **options)
        made.save(str(folder / "model"))
        truncate_dim = options.get("truncate_dim")
        if truncate_dim:
            told = folder / "model" / "config_sentence_transformers.json"
            told.write_text(
                json.dumps(json.loads(told.read_text()) | {"truncate_dim": truncate_dim})
            )
        # sentence-transformers wants to be told by who loads the model.
        return SentenceTransformer(str(folder / "model"), device="cpu", truncate_dim=truncate_dim)


def _first(name: str, folder: Path) -> Any:
    if name == "static":
        return StaticEmbedding(word_piece(), embedding_dim=WIDTH)
    config, tokenizer, special = architecture(name)
    kind = T5EncoderModel if name == "t5" else AutoModel.from_config
    transformer: Any = kind(config)
    for weights in transformer.parameters():
        if weights.dim() > 1:
            torch.nn.init.normal_(weights, std=_SPREAD)
    transformer.save_pretrained(folder)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=PIECES, **special)
    fast.save_pretrained(folder)
    return Transformer(str(folder))


def architecture(name: str) -> tuple[Any, Tokenizer, dict[str, str]]:
    """Its configuration, a tokenizer as it has one, and the special tokens of that."""
    bert = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    sentence = {"unk_token": "<unk>", "pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>"}
    # Two positions are taken by what the padding is counted from.
    lengths = {"max_position_embeddings": PIECES + 2}
    match name:
        case "bert":
            return BertConfig(**_LAYERS, **_BERT_LIKE, **lengths), word_piece(), bert
        case "mpnet":
            return MPNetConfig(**_LAYERS, **_BERT_LIKE, **lengths), unigram(), sentence
        case "xlm-roberta":
            config = XLMRobertaConfig(**_LAYERS, **_BERT_LIKE, **lengths, pad_token_id=1)
            return config, unigram(), sentence
        case "modernbert":
            tokens = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3, "cls_token_id": 2}
            config = ModernBertConfig(
                **_LAYERS, **_BERT_LIKE, **tokens, sep_token_id=3, local_attention=16
            )
            return config, word_piece(), bert
        case "qwen3":
            config = Qwen3Config(
                **_LAYERS, **_BERT_LIKE, num_key_value_heads=1, head_dim=16, eos_token_id=0
            )
            return config, byte_level(), {"pad_token": "<end>", "eos_token": "<end>"}
        case "t5":
            config = T5Config(
                vocab_size=_VOCABULARY, d_model=WIDTH, d_kv=16, d_ff=64, num_layers=2, num_heads=2
            )
            return config, unigram(), sentence
        case _:
            raise ValueError(name)


@cache
def _corpus() -> Sequence[str]:
    return [section.text for entry in shipped().entries[:60] for section in entry.sections]


def word_piece() -> Tokenizer:
    """As BERT's: lower case, [CLS] and [SEP]."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trainer = WordPieceTrainer(vocab_size=_VOCABULARY, special_tokens=special, show_progress=False)
    return _trained(tokenizer, trainer, "[CLS] $A [SEP]", special)


def unigram() -> Tokenizer:
    """As XLM-RoBERTa's: pieces of sentences, <s> and </s>."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = UnigramTrainer(
        vocab_size=_VOCABULARY, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    return _trained(tokenizer, trainer, "<s> $A </s>", special)


def byte_level() -> Tokenizer:
    """As Qwen's: pairs of bytes, and an end."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = BpeTrainer(
        vocab_size=_VOCABULARY,
        special_tokens=["<end>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return _trained(tokenizer, trainer, "$A <end>", ["<end>"])


def _trained(tokenizer: Tokenizer, trainer: Any, template: str, special: list[str]) -> Tokenizer:
    tokenizer.train_from_iterator(_corpus(), trainer)
    pairs = [(name, tokenizer.token_to_id(name)) for name in special if name in template]
    tokenizer.post_processor = processors.TemplateProcessing(template, special_tokens=pairs)
    return tokenizer
