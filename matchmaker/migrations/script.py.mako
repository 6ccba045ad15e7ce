<%
import re

def plain(operations):
    """The operations without the generator's own comments."""
    return re.sub(r"\n?[ ]*# ###.*", "", operations or "").strip() or "pass"
%>\
"""${message[:1].upper() + message[1:]}."""

import sqlalchemy as sa
from alembic import op
% if imports:

${imports}
% endif

revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}


def upgrade() -> None:
    ${plain(upgrades)}


def downgrade() -> None:
    ${plain(downgrades)}
