"""Text to token ids as XLM-RoBERTa does it: normalise, mark word starts with `▁`, cut into the likeliest pieces.

The algorithm is the Unigram model of SentencePiece (Kudo 2018, https://arxiv.org/abs/1804.10959), run by `tokenizers`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from indexer.model.charsmap import build_charsmap
from indexer.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer
    from tokenizers.processors import PostProcessor

MASK_PIECE = "<mask>"


def build_tokenizer(vocabulary: Vocabulary, replacements: Mapping[int, Sequence[int]]) -> "Tokenizer":
    """A tokenizer that puts the start and end pieces around a text and neither pads nor truncates by itself."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer(replacements)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = _surround(vocabulary)
    tokenizer.add_special_tokens(list(special_pieces(vocabulary).values()))
    return tokenizer


def special_pieces(vocabulary: Vocabulary) -> dict[str, str]:
    """The special pieces by the name that transformers gives to their part, such as `pad_token`."""
    start, end = vocabulary.pieces[vocabulary.start], vocabulary.pieces[vocabulary.end]
    pieces = {
        "bos_token": start,
        "cls_token": start,
        "eos_token": end,
        "sep_token": end,
        "pad_token": vocabulary.pieces[vocabulary.padding],
        "unk_token": vocabulary.pieces[vocabulary.unknown],
    }
    if MASK_PIECE in vocabulary.pieces:
        pieces["mask_token"] = MASK_PIECE
    return pieces


def _normalizer(replacements: Mapping[int, Sequence[int]]) -> "Normalizer":
    from tokenizers import Regex, normalizers

    single_spaces = normalizers.Replace(Regex(" {2,}"), " ")
    return normalizers.Sequence([normalizers.Precompiled(build_charsmap(replacements)), single_spaces])


def _surround(vocabulary: Vocabulary) -> "PostProcessor":
    from tokenizers import processors

    start, end = vocabulary.pieces[vocabulary.start], vocabulary.pieces[vocabulary.end]
    return processors.TemplateProcessing(
        single=f"{start} $A {end}",
        pair=f"{start} $A {end} {end} $B {end}",
        special_tokens=[(start, vocabulary.start), (end, vocabulary.end)],
    )
