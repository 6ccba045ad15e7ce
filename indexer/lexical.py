"""The lexical leg: BM25 with a stemmer per language, over the documents of one language at a time."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_PORTUGUESE, STOPWORDS_SPANISH
from numpy.typing import NDArray

Scores = NDArray[np.float32]
TERM_SATURATION = 1.5  # k1 of BM25, the library's default
LENGTH_NORMALISATION = 0.75  # b of BM25, the library's default
SHORTEST_WORD = 2  # letters
_WORDS = re.compile(r"\w+")
_STEMMERS = {"es": "spanish", "pt": "portuguese", "en": "english"}
_STOPWORDS = {
    "es": frozenset(STOPWORDS_SPANISH),
    "pt": frozenset(STOPWORDS_PORTUGUESE),
    "en": frozenset(STOPWORDS_EN),
}


def terms(text: str, language: str) -> list[str]:
    """Stemmed words without stop words; in a language without a stemmer the words as they are."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).lower())
    stopped = _STOPWORDS.get(language, frozenset())
    kept = [word for word in words if len(word) >= SHORTEST_WORD and word not in stopped]
    return list(_stemmer(language).stemWords(kept)) if language in _STEMMERS else kept


class LexicalIndex:
    """BM25 over documents given as lists of terms."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._count = len(documents)
        self._retriever: Any = None
        if any(documents):
            self._retriever = bm25s.BM25(k1=TERM_SATURATION, b=LENGTH_NORMALISATION)
            self._retriever.index([list(document) for document in documents], show_progress=False)

    def scores(self, query_terms: Sequence[str]) -> Scores:
        """BM25 of every document (n,) for a query; zeros when no term is known."""
        known = [term for term in query_terms if self._retriever and term in self._retriever.vocab_dict]
        if not known:
            return np.zeros(self._count, np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(_STEMMERS[language])
