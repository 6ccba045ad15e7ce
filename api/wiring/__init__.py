"""Introduces everyone: the only package of the web that knows the indexer.

`service` (all parts of a running service) with `secret` and `index_settings`; `preparing` (what a service stands on);
`measuring` (how well and how fast it matches).
"""

from api.wiring.measuring import Evaluation, Measurement, Progress, run_bench, run_evaluation
from api.wiring.preparing import MODEL_ERRORS, prepare
from api.wiring.secret import kept_secret
from api.wiring.service import Clock, Service, utc_now

__all__ = [
    "MODEL_ERRORS", "Clock", "Evaluation", "Measurement", "Progress", "Service", "kept_secret", "prepare", "run_bench",
    "run_evaluation", "utc_now",
]  # fmt: skip
