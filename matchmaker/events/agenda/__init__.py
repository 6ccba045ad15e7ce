"""The agenda of an event: which meetings are held, when and at which table.

instance     what is to be solved, what came out       fields, reading   the file format, strictly
model        an instance as numbers                    floors            who cannot reach a guarantee, and why
sides, cuts, bound   the proven upper bound            pins              pinned meetings first, or who stands in the way
greedy       the first draft                           pairs             which meetings go together, as a flow
board        a schedule being made, with undo          placing           slots, by chains of ejections
polish       slot by slot, exactly                     search            rounds of these three
neighbourhood   a few slots anew, as an integer program   refining   with it, the last hundredths
hard_rules   rules as rows of a program                timed_bound   a tighter bound, that knows slots
tables       tables, with few changes                  reasons           why a meeting has no place
scheduling   from a board to a schedule                verify            every rule, written by itself
solving      an agenda from nothing                    reoptimising      from a published one
wishes       which ones no agenda can grant            aside             long calls that stopping does not wait for

Nothing here reads a database, a clock that shows in the result, or chance without a seed.
"""
