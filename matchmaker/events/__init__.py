"""Events: meetings of an event, put into slots and at tables."""
