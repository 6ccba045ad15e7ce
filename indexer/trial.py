"""A document on trial: examined as it would be in the index, and kept nowhere."""

from indexer.encoder import Encoder
from indexer.entries import entry_of
from indexer.faiss_index import VectorIndex
from indexer.generation import Generation
from matchmaker.matching.ports import Document


def alone_in(generation: Generation, document: Document, encoder: Encoder) -> Generation:
    """A generation of one document under the means of another; its vectors pass by every cache."""
    passages = document.passages
    raw = encoder.passages([passage.text for passage in passages])
    centred = generation.correction.centre_passages(
        raw, [passage.language for passage in passages], [str(passage.level) for passage in passages]
    )
    vectors = VectorIndex.of(centred, graph_from_rows=len(passages) + 1)
    return Generation(
        manifest=generation.manifest, entries=[entry_of(document)], vectors=vectors, correction=generation.correction
    )
