"""The acts of power that the log knows, and what they are done to. Pages have words for each."""

ACTS = frozenset({
    "account.end", "account.sign_out", "address_renewed", "admission.switch", "agenda_changed", "agenda_feed_renewed",
    "agenda_published", "application.decide", "application.vote", "asked_again_whether_same", "assessor.appoint",
    "assessor.dismiss", "assessor.replace", "bounce_noted", "committee.constitute", "committee.end", "committee.open",
    "conflict_confirmed", "conflict_dismissed", "conflict_ended", "contacts_opened", "data_exported", "erased",
    "erasure_asked", "erasure_held", "erasure_undone", "event_planned", "event_state_set", "file.export", "file.import",
    "incident_appealed", "incident_assigned", "incident_closed", "incident_decided", "incident_examined",
    "incident_received", "introduction_proposed", "introduction_recorded_by_phone", "introduction_withdrawn",
    "invitation.answer", "invitation.send", "lesson_partner_agreed", "lesson_partner_unnamed", "list.publish",
    "meeting_settled", "person.add", "person.decline", "person.invite", "person.remove", "person.withdraw",
    "request_done", "request_extended", "request_identity_asked", "request_received", "request_refused",
    "request_withdrawn", "role.give", "seat.fill", "seat.vacate", "standing.admit", "standing.leave", "standing.refuse",
    "standing.reinstate", "standing.suspend", "successor.name", "token.end", "told_apart",
})  # fmt: skip

SUBJECTS = frozenset({
    "account", "admission_process", "application", "assessment", "challenge", "committee", "conflict", "event",
    "file", "incident", "introduction", "invitation", "lesson", "mentoring", "participant", "profile",
    "published_version", "rights_request", "seat",
})  # fmt: skip
