"""The JSON API under `/v1`, routes named as the concepts.

answers        an answer with its ETag, pages of a list, preconditions     faults     what is wrong in an input
dependencies   what routes take: session, language, numbers, filters       warnings   texts outside the three languages
inputs         what callers send, with examples                            shapes     profiles and challenges as answers
reasons        matches, peers and opportunities as answers                 documents  what OpenAPI says of all answers
taxonomy places profiles opportunities challenges matches showings introductions meetings asking trying health routes
routes         all of them under one prefix
"""
