"""Who an agent of transformation is: kind, place, languages, offers, experience; passages worth embedding."""
