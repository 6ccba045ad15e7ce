"""Writes the files of a sentence-transformers directory.

The small files are written in the form that the hub's models have had since sentence-transformers 2 and transformers 4,
which later versions read too, and not by the installed libraries: so the same weights give the same bytes everywhere.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.model.tokenizer import build_tokenizer, special_pieces
from indexer.model.vocabulary import Vocabulary
from indexer.model.weights_file import EncoderShape, WeightsFile

NOTICES: Final = Path(__file__).with_name("notices")
PROMPTS: Final = {"query": "query: ", "passage": "passage: "}
MODULES: Final = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
READABLE_BY_ALL: Final = 0o644
# transformers 4.57.3 and later 4.x print a false alarm about another model's tokenizer for newer numbers than this one.
CONFIG_FORMAT: Final = "4.57.2"

# E5S1 name → name in transformers.BertModel
EMBEDDING_NAMES: Final = {"emb.ln.w": "embeddings.LayerNorm.weight", "emb.ln.b": "embeddings.LayerNorm.bias"}
LINEAR_NAMES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORM_NAMES: Final = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_model(weights: WeightsFile, directory: Path) -> None:
    """Write everything but the ONNX form into an existing directory."""
    from safetensors.numpy import save_file

    tensors = directory / "model.safetensors"
    save_file(bert_arrays(weights), tensors, metadata={"format": "pt"})
    tensors.chmod(READABLE_BY_ALL)
    build_tokenizer(weights.vocabulary, weights.replacements).save(str(directory / "tokenizer.json"), pretty=False)
    for name, content in _settings(weights.shape, weights.vocabulary).items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    for notice in ("LICENSE", "README.md"):
        shutil.copyfile(NOTICES / notice, directory / notice)


def bert_arrays(weights: WeightsFile) -> dict[str, NDArray[np.float32]]:
    """All weights, float32, by their names in `transformers.BertModel`; matrices are (outputs, inputs)."""
    shape, array = weights.shape, weights.array
    arrays = {
        "embeddings.word_embeddings.weight": array("emb.word", shape.embeddings, shape.hidden),
        "embeddings.position_embeddings.weight": array("emb.pos", shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": array("emb.type", shape.token_types, shape.hidden),
    }
    arrays |= {target: array(source, shape.hidden) for source, target in EMBEDDING_NAMES.items()}
    for layer in range(shape.layers):
        arrays |= _layer_arrays(weights, layer)
    return arrays | _unused_pooler(shape.hidden)


def _unused_pooler(hidden: int) -> dict[str, NDArray[np.float32]]:
    """Zeros for a part no sentence vector passes: without it, transformers fills it at random and asks for training."""
    zeros = np.zeros((hidden, hidden), np.float32)
    return {"pooler.dense.weight": zeros, "pooler.dense.bias": zeros[0].copy()}


def _layer_arrays(weights: WeightsFile, layer: int) -> dict[str, NDArray[np.float32]]:
    hidden, wide = weights.shape.hidden, weights.shape.feed_forward
    sizes = {"fi": (wide, hidden), "fo": (hidden, wide)}
    arrays = {}
    for source, target in LINEAR_NAMES.items():
        outputs, inputs = sizes.get(source, (hidden, hidden))
        arrays[f"encoder.layer.{layer}.{target}.weight"] = weights.array(f"l{layer}.{source}.w", outputs, inputs)
        arrays[f"encoder.layer.{layer}.{target}.bias"] = weights.array(f"l{layer}.{source}.b", outputs)
    for source, target in NORM_NAMES.items():
        arrays[f"encoder.layer.{layer}.{target}.weight"] = weights.array(f"l{layer}.{source}.w", hidden)
        arrays[f"encoder.layer.{layer}.{target}.bias"] = weights.array(f"l{layer}.{source}.b", hidden)
    return arrays


def _settings(shape: EncoderShape, vocabulary: Vocabulary) -> dict[str, object]:
    special = special_pieces(vocabulary)
    return {
        "config.json": _bert_config(shape, vocabulary),
        "tokenizer_config.json": special
        | {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
        },
        "special_tokens_map.json": special,
        "modules.json": _modules(),
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    }


def _bert_config(shape: EncoderShape, vocabulary: Vocabulary) -> Mapping[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "transformers_version": CONFIG_FORMAT,
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.feed_forward,
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": vocabulary.padding,
        "type_vocab_size": shape.token_types,
        "vocab_size": shape.embeddings,
    }


def _modules() -> list[dict[str, object]]:
    return [
        {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for index, (path, kind) in enumerate(MODULES.items())
    ]
