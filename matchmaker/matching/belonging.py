"""Where a sentence belongs by its meaning, for those that no word decides."""

from collections.abc import Mapping

from matchmaker.languages import WorkingLanguage, is_working_language
from matchmaker.matching.ports import Query, SearchIndex
from matchmaker.profiles.sorting import Nearest, Place

LIKE: Mapping[str, Mapping[Place, str]] = {
    "es": {
        Place.OFFER: "Servicios, productos, cursos e investigaciones que ponemos a disposición de otros.",
        Place.EXPERIENCE: "Un proyecto que terminamos en una ciudad, con lo que se hizo y lo que resultó.",
        Place.ABOUT: "Quiénes somos, nuestra misión, nuestra historia y nuestro equipo.",
    },
    "pt": {
        Place.OFFER: "Serviços, produtos, cursos e pesquisas que colocamos à disposição de outros.",
        Place.EXPERIENCE: "Um projeto que concluímos em uma cidade, com o que foi feito e o que resultou.",
        Place.ABOUT: "Quem somos, nossa missão, nossa história e nossa equipe.",
    },
    "en": {
        Place.OFFER: "Services, products, courses and research that we put at the disposal of others.",
        Place.EXPERIENCE: "A project that we finished in a city, with what was done and what came of it.",
        Place.ABOUT: "Who we are, our mission, our history and our team.",
    },
}
"""One sentence that is like all of its kind, per language."""


def by_meaning(index: SearchIndex, *, language: str) -> Nearest:
    """The kind to whose likeness a sentence is nearest. Nothing of the sentence is kept."""
    spoken = language if is_working_language(language) else WorkingLanguage.ES
    places = list(LIKE[spoken])
    options = [Query(LIKE[spoken][place], spoken, is_stored=True) for place in places]

    def nearest(sentence: str) -> Place:
        scores = index.compare(Query(sentence, language), options)
        return max(zip(scores, places, strict=True), key=lambda pair: pair[0])[1]

    return nearest
