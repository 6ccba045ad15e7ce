"""Actor kinds, areas with sub-areas, guiding principles: data with a version, provisional by their own words."""
