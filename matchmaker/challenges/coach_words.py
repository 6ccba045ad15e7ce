"""Words by which the coach knows a product, a measure, people, and a second problem, in three languages.

Patterns are matched against folded text: lower case, no accents (`need_clauses.folded`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matchmaker.languages import WorkingLanguage


@dataclass(frozen=True)
class CoachWords:
    """The patterns of one language. `product`: an acquisition with the thing; `denied`: what is not to be acquired."""

    product: re.Pattern[str]
    denied: re.Pattern[str]
    measure: re.Pattern[str]
    people: re.Pattern[str]
    second: re.Pattern[str]


THINGS = (
    r"apps?\b|software|blockchain|chatbots?|bots?\b|dashboards?|drones?\b|tablets?\b|smart ?\w+|iot\b|wi-?fi\b|"
    r"leds?\b|gps\b|big data|plug-?in|kits?\b|hardware|firewalls?|tote(?:ns|ms?)\b|kioscos?|kiosks?"
)
"""What is sold under the same name in all three languages."""

BETWEEN = r"(?:\W+(?!(?:con|com|with|on)\b)[\w%]+){0,5}?"
"""Up to five words between the verb and the thing; what comes after "with" is a means, and not what is asked for."""


def _words(*, asks: str, things: str, measure: str, people: str, second: str) -> CoachWords:
    named = rf"(?:{THINGS}|{things})"
    return CoachWords(
        product=re.compile(rf"\b(?:{asks})\b{BETWEEN}\W+{named}\w*"),
        denied=re.compile(rf"\b(?:no|nao|not|sin|sem|without)\W+(?:\w+\W+){{0,2}}?(?:{asks})\b[^.;:]*"),
        measure=re.compile(rf"(?<![\d.,])(?!(?:19|20)\d\d\b)\d|%|\b(?:{measure})\b"),
        people=re.compile(rf"\b(?:{people})"),
        second=re.compile(rf"\b(?:{second})\b"),
    )


COACH_WORDS: Mapping[str, CoachWords] = MappingProxyType({
    WorkingLanguage.ES: _words(
        asks=r"compr(?:ar|a|amos|en|e)|adquirir|adquisicion|contratar|instalar|instalacion|implementar|implementacion|"
        r"implantar|desarrollar|desarrollo|disponer|contar con|tener|licitar|necesitamos|requerimos|queremos|"
        r"quisieramos|buscamos|solicitamos|pedimos|hace falta|falta|crear|cotizar",
        things=r"aplicacion|aplicativo|plataforma|sistema|sensor|camara|pantalla|portal|pagina web|sitio web|"
        r"semaforos? inteligente|papeleras? inteligente|luminaria|medidor|computador|tableta|servidor|licencia|"
        r"cortafuego|antena|panel(?:es)? solar|vehiculo|robot|rastreador|programa informatico|"
        r"herramienta (?:digital|informatica)|inteligencia artificial|solucion (?:digital|tecnologica|informatica|"
        r"integral)|gemelo digital|videovigilancia|realidad (?:virtual|aumentada)|purificador|contenedores inteligente",
        measure=r"mitad|tercio|tercera parte|cuarta parte|cuarto de|doble|triple|ciento|cientos|mil|miles|millon|"
        r"millones|docena|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|sesenta|"
        r"setenta|ochenta|noventa|cien|cada (?:semana|mes|dia)",
        people=r"vecin|habitante|familia|nin[oa]s?\b|jovene|adolescente|estudiante|alumn|mujer|madre|padre|abuel|"
        r"persona|ciudadan|comerciante|agricultor|productor|pescador|campesin|trabajador|recicladore|usuari|paciente|"
        r"poblacion|hogares|hogar\b|barrio|comunidad|adultos? mayor|turista|pasajer|ciclista|peaton|vendedor|maestr|"
        r"docente|artesan|migrante|discapaci|emprendedor|funcionari|residente|lugaren|aldean|gente",
        second=r"(?:el |un )?(?:segundo|otro) (?:problema|asunto|tema|reto|desafio|frente|punto)|por otr[oa] "
        r"(?:lado|parte)|dos (?:problemas|asuntos|temas|frentes|retos|desafios)|al mismo tiempo,? (?:tenemos|sufrimos)"
        r"|aparte de eso|cambiando de tema|sufre por dos lados|el segundo:",
    ),
    WorkingLanguage.PT: _words(
        asks=r"compr(?:ar|a|amos|em|e)|adquirir|aquisicao|contratar|instalar|instalacao|implementar|implementacao|"
        r"implantar|desenvolver|desenvolvimento|dispor|contar com|ter|licitar|precisamos|necessitamos|queremos|"
        r"gostariamos|buscamos|solicitamos|pedimos|falta|criar|orcar",
        things=r"aplicativo|plataforma|sistema|sensor|camera|tela\b|telas\b|portal|pagina web|site\b|"
        r"semaforos? inteligente|lixeiras? inteligente|luminaria|medidor|computador|servidor|licenca|antena|"
        r"pain(?:el|eis) sola|veiculo|robo\b|robos\b|rastreador|programa de computador|"
        r"ferramenta (?:digital|informatica)|inteligencia artificial|solucao (?:digital|tecnologica|integrada)|"
        r"gemeo digital|videomonitoramento|realidade (?:virtual|aumentada)|purificador|conteineres inteligente",
        measure=r"metade|terco|terca parte|quarta parte|um quarto|dobro|triplo|centenas|mil|milhares|milhao|milhoes|"
        r"duzia|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|vinte|trinta|quarenta|cinquenta|sessenta|setenta|"
        r"oitenta|noventa|cem|(?:toda|cada) semana|(?:todo|cada) (?:mes|dia)",
        people=r"vizinh|habitante|familia|crianca|menin[oa]|jovens|jovem|adolescente|estudante|alun[oa]|mulher|maes\b|"
        r"mae\b|pais\b|avos?\b|pessoa|cidadao|cidadas?\b|comerciante|agricultor|produtor|pescador|campones|"
        r"trabalhador|catador|usuari|paciente|populacao|domicilio|bairro|comunidade|idos[oa]|turista|passageir|"
        r"ciclista|pedestre|vendedor|professor|artesa|migrante|deficien|empreendedor|servidores publicos|morador|gente",
        second=r"(?:o |um )?(?:segundo|outro) (?:problema|assunto|tema|desafio|ponto)|(?:a |uma )?(?:segunda|outra) "
        r"(?:questao|frente)|por outro lado|d(?:ois|uas) (?:problemas|assuntos|temas|frentes|desafios|questoes)|"
        r"alem disso,? (?:temos outro|sofremos)|mudando de assunto|sofre por dois lados|o segundo:",
    ),
    WorkingLanguage.EN: _words(
        asks=r"buy|buying|purchase|purchasing|acquire|procure|procurement of|install|installing|implement|"
        r"implementing|deploy|deploying|develop|build|have|need|want|require|request|looking for|ask(?:ing)? for|"
        r"asked us to|would like|lack|create|fit",
        things=r"application\b|platform|system|sensor|camera|screen|portal|website|web page|traffic lights?|bins? with|"
        r"street ?lights?|meters?\b|computer|server|licen[cs]e\b|licen[cs]es\b|antenna|solar panel|vehicles?\b|"
        r"robot|trackers?\b|tool(?:kit)?\b|artificial intelligence|ai\b|digital solution|"
        r"turnkey solution|digital twin|cctv|virtual reality|purifier",
        measure=r"half|a third|two thirds|a quarter|double|twice|triple|hundreds?|thousands?|millions?|dozens?|two|"
        r"three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
        r"(?:every|each) (?:week|month|day)",
        people=r"neighbou?r|inhabitant|famil(?:y|ies)|child|young people|youth|teenager|student|pupil|wom[ae]n|mother|"
        r"father|parent|people|person|citizen|trader|shopkeeper|farmer|producer|fisher|worker|waste picker|user|"
        r"patient|population|household|community|communities|elder|older|tourist|passenger|cyclist|pedestrian|vendor|"
        r"teacher|artisan|migrant|disab|entrepreneur|resident|villager|staff",
        second=r"(?:the |a )?second (?:problem|matter|issue|subject|challenge|front|point)|(?:the |an)?other "
        r"(?:problem|matter|issue|subject)|on the other hand|two (?:problems|matters|issues|fronts|subjects|challenges)"
        r"|on a different note|separately,|the second:",
    ),
})  # fmt: skip
"""Spanish, Portuguese and English; a text in another language gets only the advice that needs no words."""
