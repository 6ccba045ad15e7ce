"""A schedule while it is being made: who is busy when, what is left of caps and tables; every step can be undone."""

from matchmaker.events.agenda.instance import MISSING_PRICE
from matchmaker.events.agenda.model import NO_ZONE, Model

NOWHERE = -1


class Board:
    """Meetings in slots. It trusts its caller to `put` only where `fits` says so."""

    def __init__(self, model: Model, slot_of: list[int] | None = None) -> None:
        self.model = model
        people, slots = len(model.most), model.slot_count
        self.slot_of = [NOWHERE] * len(model.members)
        self.at = [[NOWHERE] * slots for _ in range(people)]
        self.busy = [0] * people
        self.count = [0] * people
        self.inside: list[dict[int, None]] = [{} for _ in range(slots)]
        self.in_zone = [[0] * slots for _ in model.tables_by_zone]
        self.full = 0  # bits of the slots whose tables are all taken
        self.full_of_zone = [0] * len(model.tables_by_zone)
        self.journal: list[tuple[int, int]] = []  # meeting, the slot it was in before
        for meeting, slot in enumerate(slot_of or ()):
            if slot != NOWHERE:
                self.put(meeting, slot)
        self.journal.clear()

    def copy(self) -> "Board":
        """Another board with the same meetings in the same slots."""
        return Board(self.model, self.slot_of)

    def put(self, meeting: int, slot: int) -> None:
        """Hold a meeting that is nowhere."""
        self._put(meeting, slot)
        self.journal.append((meeting, NOWHERE))

    def take(self, meeting: int) -> None:
        """Take a meeting out."""
        self.journal.append((meeting, self.slot_of[meeting]))
        self._take(meeting)

    def undo(self, mark: int) -> None:
        """Go back to when the journal was `mark` long."""
        while len(self.journal) > mark:
            meeting, before = self.journal.pop()
            if before == NOWHERE:
                self._take(meeting)
            else:
                self._put(meeting, before)

    def free(self, meeting: int) -> int:
        """Bits of the slots in which its members and a table are free; `keeps_breaks` and caps come on top."""
        model = self.model
        mask = model.allowed[meeting] & ~self.full
        if model.zones[meeting] >= 0:
            mask &= ~self.full_of_zone[model.zones[meeting]]
        for member in model.members[meeting]:
            mask &= ~self.busy[member]
        return mask

    def keeps_breaks(self, who: int, slot: int) -> bool:
        """Whether someone who becomes busy in a slot keeps the breaks and does not sit too long."""
        mask = self.busy[who] | 1 << slot
        return all(mask & block != block for block in self.model.blocks_by_slot[who][slot])

    def fits(self, meeting: int, slot: int) -> bool:
        """Whether all its members keep their breaks."""
        return all(self.keeps_breaks(member, slot) for member in self.model.members[meeting])

    def has_room(self, meeting: int) -> bool:
        """Whether none of its members has reached its cap."""
        return all(self.count[member] < self.model.most[member] for member in self.model.members[meeting])

    def emptiest(self, meeting: int) -> int:
        """The slot with most free tables where a meeting can be put at once; `NOWHERE` if there is none."""
        mask, best, least = self.free(meeting), NOWHERE, len(self.slot_of) + 1
        while mask:
            slot = (mask & -mask).bit_length() - 1
            mask &= mask - 1
            if len(self.inside[slot]) < least and self.fits(meeting, slot):
                best, least = slot, len(self.inside[slot])
        return best

    def earliest(self, meeting: int) -> int:
        """The first slot where a meeting can be put at once; `NOWHERE` if there is none."""
        mask = self.free(meeting)
        while mask:
            slot = (mask & -mask).bit_length() - 1
            if self.fits(meeting, slot):
                return slot
            mask &= mask - 1
        return NOWHERE

    def missing(self) -> int:
        """How many guaranteed meetings are missing."""
        return sum(max(0, least - count) for least, count in zip(self.model.least, self.count, strict=True))

    def objective(self) -> float:
        """Fit less the price of missing guaranteed meetings."""
        fit = sum(self.model.fit[meeting] for meeting, slot in enumerate(self.slot_of) if slot != NOWHERE)
        return float(fit) - MISSING_PRICE * self.missing()

    def _put(self, meeting: int, slot: int) -> None:
        model, bit = self.model, 1 << slot
        for member in model.members[meeting]:
            self.busy[member] |= bit
            self.at[member][slot] = meeting
            self.count[member] += 1
        self.inside[slot][meeting] = None
        self.slot_of[meeting] = slot
        if len(self.inside[slot]) >= model.table_count:
            self.full |= bit
        zone = model.zones[meeting]
        if zone != NO_ZONE:
            self.in_zone[zone][slot] += 1
            if self.in_zone[zone][slot] >= model.tables_by_zone[zone]:
                self.full_of_zone[zone] |= bit

    def _take(self, meeting: int) -> None:
        slot = self.slot_of[meeting]
        keep = ~(1 << slot)
        for member in self.model.members[meeting]:
            self.busy[member] &= keep
            self.at[member][slot] = NOWHERE
            self.count[member] -= 1
        del self.inside[slot][meeting]
        self.slot_of[meeting] = NOWHERE
        self.full &= keep
        zone = self.model.zones[meeting]
        if zone != NO_ZONE:
            self.in_zone[zone][slot] -= 1
            self.full_of_zone[zone] &= keep
