"""What every act on a request needs beside its session."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.rights.deadlines import Deadlines
from matchmaker.rights.purposes import Retention


@dataclass(frozen=True)
class Office:
    """The terms in force, the periods in force, the moment."""

    deadlines: Deadlines
    retention: Retention
    now: datetime
