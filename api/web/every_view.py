"""Every view there is, for the test that holds templates to their views."""

from api.web import (
    alert_views,
    application_views,
    conflict_views,
    event_desk_views,
    event_views,
    curation_views,
    desk_views,
    introduction_views,
    lesson_views,
    mentoring_views,
    office_views,
    people_views,
    trust_views,
    views,
    work_views,
    writing_views,
)
from api.web.views import Page

EVERY_VIEW: tuple[type[Page], ...] = (
    *views.VIEWS,
    *people_views.VIEWS,
    *introduction_views.VIEWS,
    *trust_views.VIEWS,
    *lesson_views.VIEWS,
    *mentoring_views.VIEWS,
    *alert_views.VIEWS,
    *application_views.VIEWS,
    *conflict_views.VIEWS,
    *event_views.VIEWS,
    *event_desk_views.VIEWS,
    *desk_views.VIEWS,
    *curation_views.VIEWS,
    *office_views.VIEWS,
    *work_views.VIEWS,
    *writing_views.VIEWS,
)
