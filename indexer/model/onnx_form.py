"""Adds the ONNX form of the encoder to a model directory, float32: 8-bit weights lose two points of recall.

Not optimised beforehand: ONNX Runtime does that when it loads, and a graph fused ahead was no faster (14.1 and 14.0 ms
for a query of 24 tokens on one core, 60 and 56 ms for 155).
"""

import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from transformers import BertModel

ONNX_FILE: Final = Path("onnx", "model.onnx")
SAMPLE_TOKENS: Final = (2, 24)  # texts, tokens: other sizes than the exporter traces with
LARGEST_DIFFERENCE: Final = 1e-3  # between components of token vectors; 2e-5 was seen


class OnnxExportError(RuntimeError):
    """The exported encoder does not compute what the original does."""


def add_onnx_form(directory: Path) -> None:
    """Write `onnx/model.onnx`: token ids in, token vectors out, as sentence-transformers expects it.

    Raises OnnxExportError when it differs from torch on random tokens.
    """
    from optimum.exporters.onnx import onnx_export_from_model
    from transformers import BertModel

    model = BertModel.from_pretrained(directory, local_files_only=True).eval()
    made = directory / "export"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of constants in code that is not ours
        onnx_export_from_model(model, made, task="feature-extraction", do_validation=False)
    (directory / ONNX_FILE).parent.mkdir()
    (made / ONNX_FILE.name).rename(directory / ONNX_FILE)
    shutil.rmtree(made)  # copies of settings and tokenizer
    _compare(model, directory / ONNX_FILE)


def _compare(model: "BertModel", onnx_file: Path) -> None:
    import torch
    from onnxruntime import InferenceSession

    tokens = np.random.default_rng(seed=0).integers(5, model.config.vocab_size, SAMPLE_TOKENS)
    inputs: dict[str, Any] = {
        "input_ids": tokens,
        "attention_mask": np.ones_like(tokens),
        "token_type_ids": np.zeros_like(tokens),
    }
    with torch.inference_mode():
        expected = model(**{name: torch.from_numpy(value) for name, value in inputs.items()}).last_hidden_state.numpy()
    (found,) = InferenceSession(onnx_file, providers=["CPUExecutionProvider"]).run(["last_hidden_state"], inputs)
    difference = float(np.abs(found - expected).max())
    if not difference < LARGEST_DIFFERENCE:
        raise OnnxExportError(f"token vectors of the ONNX form differ from torch by up to {difference}")
