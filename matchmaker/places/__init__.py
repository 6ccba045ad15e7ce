"""Places: towns of a gazetteer, territories that authors add, their sizes and distances.

place         the value that travels: a town of the gazetteer, or a territory
keys          how a name is folded for search
sizes         bands of population, and which places are each other's like
distance      kilometres over the globe
regions       groups of countries, for delivery areas
resolution    which of several places of one name is meant
local_names   towns that the source calls by their English name
source        towns and division names, as the packages carry them
build         the gazetteer's file, made once at install
gazetteer     reads of that file
models        rows that stand somewhere; territories
drafts        how a person or a file names a place
actions       settle where something is; add a territory
"""
