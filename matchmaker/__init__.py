"""The domain, in the order of the story: a concept imports only those above it.

errors, languages   what can go wrong; which language a text is in
store               database (one transaction per request), outbox
taxonomy            actor kinds, areas, guiding principles: data with a version
places              towns of a gazetteer, territories that authors add, sizes and distances
accounts            API tokens and the roles they carry
profiles            who an agent of transformation is; passages worth embedding
challenges          what a city needs: description, needs, circumstances
matching            ports, ranking, reasons, areas suggested, near-duplicates; what was shown
exchange            files in and out: CSV, XLSX, JSON Lines, OCDS
migrations          Alembic
"""
