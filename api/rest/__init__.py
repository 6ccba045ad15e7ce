"""The JSON API under `/v1`, routes named as the concepts.

answers        an answer with its ETag, pages of a list, preconditions     faults     what is wrong in an input
dependencies   what routes take: session, language, numbers, filters       warnings   texts outside the three languages
inputs         what callers send, with examples                            shapes     profiles and challenges as answers
reasons        matches, peers and opportunities as answers                 documents  what OpenAPI says of all answers
lesson_shapes mentoring_shapes alert_shapes   more answers                 atom       feeds as documents
account_inputs account_shapes integrity_inputs and their like: bodies and answers of one concept each
devices        what a browser calls itself                                 routes     all modules with a router
"""
