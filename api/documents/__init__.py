"""What people carry to an event: calendar feed, printed agenda, briefings, table signs, badges. No session, no request.

models        what is printed: frozen values that the event domain fills
revisions     editions of an agenda become meetings with the number of their last change, and cancelled ones
words         sentences and times in the reader's language and the event's zone
calendar      the feed as iCalendar
paper         a page: typefaces, inks, margins, codes to scan
agenda, briefings, signs, badges     the printed things
"""
