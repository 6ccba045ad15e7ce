"""The pages: each route takes, acts and answers; each template has one view."""
