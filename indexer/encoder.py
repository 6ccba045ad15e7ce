"""Texts to vectors: the one door to sentence-transformers."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np

from indexer.model.fingerprint import model_fingerprint
from indexer.vectors import Vectors

BATCH_TEXTS = 16  # sorted by length inside the library; larger batches only pad more on two cores


class Encoder(Protocol):
    """What turns texts into unit vectors; `fingerprint` changes whenever the vectors would."""

    fingerprint: str

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d), float32, of texts that ask."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d), float32, of texts that may answer."""
        ...


class SentenceEncoder:
    """A model directory or name, loaded on first use; on ONNX where the directory carries that form."""

    def __init__(self, model: str, *, threads: int, backend: str | None = None) -> None:
        """`backend` is `onnx` or `torch`; left out, ONNX where the directory carries that form."""
        self._name = model
        self._threads = threads
        self._backend = backend or ("onnx" if (Path(model) / "onnx" / "model.onnx").is_file() else "torch")
        self._model: Any = None
        self._lock = Lock()
        self.fingerprint = model_fingerprint(Path(model)) if Path(model).is_dir() else model.replace("/", "--")

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) under the model's query prompt."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) under the model's passage prompt."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        with self._lock:
            model = self._model = self._model or self._load()
            vectors = model.encode(
                list(texts),
                prompt_name=prompt if prompt in model.prompts else None,
                batch_size=BATCH_TEXTS,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        rows = np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return np.asarray(rows / lengths, dtype=np.float32)

    def _load(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer  # noqa: TID251 - this is the door

        torch.set_num_threads(self._threads)  # pooling runs there on either backend
        if self._backend == "torch":
            return SentenceTransformer(self._name, device="cpu")
        return SentenceTransformer(self._name, device="cpu", backend="onnx", model_kwargs=_onnx_options(self._threads))


def _onnx_options(threads: int) -> dict[str, object]:
    """One session on the processor, with `threads` threads that sleep rather than spin while they wait."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return {"session_options": options, "provider": "CPUExecutionProvider"}
