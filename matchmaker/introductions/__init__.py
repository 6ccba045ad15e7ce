"""Two sides agree to meet: each says yes for itself, and contacts open on the second yes, never before.

Nobody learns of the other's no. What ends without two yeses, by a no, by silence, by a conflict of interest or because
a profile is no longer shown, looks like waiting until the date that was set at the beginning, and on that date becomes
the same "did not come about". Two things end earlier, both by the free choice of the one who acts: whoever proposed
withdraws, or someone says no and agrees that the words of that no be read.

models      rows                                   rules       the one state machine, and verdicts; pure
sight       what a reader may know; pure           terms       days and quotas; the lists of reasons
conflicts   the only door to integrity             keeping     rows loaded, held, stepped and saved
matched     the reasons of a proposal
proposing   answering   meeting   telephone   telling   what people do
advancing   what time does                         letters     who is written to
queries     reads with their permission            figures     for the secretariat
quotas      who may ask, how often                 drafts      what people send
"""
