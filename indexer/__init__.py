"""The search engine of the matchmaker: embeds profiles and challenges, keeps them in FAISS, answers matching.

settings            where things are, which model
model               the pinned weights made into a sentence-transformers directory
encoder             texts to vectors; embedding_cache keeps them by content
correction          scores made fair across languages and hubs
lexical             BM25 with a stemmer per language
faiss_index         the one door to FAISS
generations         an index on disk, swapped in whole
search              candidates, fusion, evidence
engines             opens all of it
sync, evaluation    outbox to index; judged sets through the production path
"""
