"""The domain, in the order of the story: a concept imports only those above it.

errors, languages   what can go wrong; which language a text is in
store               database (one transaction per request), outbox
taxonomy            actor kinds, areas, guiding principles: data with a version
places              towns of a gazetteer, territories that authors add, sizes and distances
accounts            people who sign in, their roles and API tokens
audit               what was done with power: append-only, tamper-evident
letters             letters to be sent, by kind and subject; words are written when they leave
profiles            who an agent of transformation is; passages worth embedding
integrity           code of ethics, declarations of interest, conflicts, incidents
people              who acts for whom: sign-in letters, representatives, successors, appointments
membership          application, criteria, decision, register, invitations to claim
challenges          what a city needs: description, needs, circumstances
lessons             what was tried, where, with which result
matching            ports, ranking, reasons, areas suggested, near-duplicates; what was shown
alerts              saved searches, digests, feeds
introductions       two-sided consent; contacts open on the second yes; outcomes
events              the agenda of an event: solved with a proven bound, verified, re-optimised
mentoring           mentors: hours a month, requests by consent of both, outcomes
publishing          new versions of the alliance's lists, and what is in force
rights              requests in time, consent ledger, export, block, erasure, retention, rankings explained
exchange            files in and out: CSV, XLSX, JSON Lines, OCDS
migrations          Alembic
"""
