"""Makes small random cross-encoders of sentence-transformers, as folders: nothing has to be
downloaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from random_models import PIECES, architecture
from sentence_transformers import CrossEncoder
from tokenizers import processors
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

from entrywise.index.graphs.libraries import quiet

_SPREAD = 0.3
_PAIRS = {
    "[CLS]": ("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1"),
    "<s>": ("<s> $A </s>", "<s> $A </s> </s> $B </s>"),
}


def make(name: str, folder: Path, labels: int = 1) -> CrossEncoder:
    """Write a cross-encoder of an architecture into a folder, and open it from there."""
    torch.manual_seed(0)
    config, tokenizer, special = architecture(name)
    config.num_labels = labels
    with quiet():
        model: Any = AutoModelForSequenceClassification.from_config(config)
        for weights in model.parameters():
            if weights.dim() > 1:
                # With the usual small ones all pairs have almost the same score.
                torch.nn.init.normal_(weights, std=_SPREAD)
        model.save_pretrained(folder)
        first = special.get("cls_token") or special["bos_token"]
        single, pair = _PAIRS[first]
        tokens = [
            (token, tokenizer.token_to_id(token))
            for token in ("[CLS]", "[SEP]", "<s>", "</s>")
            if token in pair
        ]
        tokenizer.post_processor = processors.TemplateProcessing(
            single=single, pair=pair, special_tokens=tokens
        )
        fast = PreTrainedTokenizerFast(
            tokenizer_object=tokenizer,
            model_max_length=PIECES,
            model_input_names=_inputs(name),
            **special,
        )
        fast.save_pretrained(folder)
        return CrossEncoder(str(folder), device="cpu")


def _inputs(name: str) -> list[str]:
    told_apart = ["token_type_ids"] if name == "bert" else []
    return ["input_ids", "attention_mask", *told_apart]
