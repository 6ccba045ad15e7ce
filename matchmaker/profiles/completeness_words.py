"""Words by which a text says where something was done, what came of it and for whom; expressions over plain text.

`where` heeds capitals, since a name has one; the others do not. Lines come from reading profiles, not from counting.
"""

NAME = r"[A-ZÁÉÍÓÚÂÊÔÃÕÇÑÜ][\w'’-]+"

WHERE = {
    "es": (
        rf"\b(?i:en|de|desde|para) (?:el |la |los |las )?{NAME}",
        r"\b(?i:ciudad|municipios?|alcaldía|municipalidad|barrios?)\b",
        r"\b(?i:comunas?|provincia|departamento|región|cantón|veredas?)\b",
        r"\b(?i:distrito|parroquia|comarca|intendencia|cabildo|gobernación|estado de|país(?:es)?)\b",
    ),
    "pt": (
        rf"\b(?i:em|no|na|nos|nas|de|do|da|para) (?:o |a |os |as )?{NAME}",
        r"\b(?i:cidades?|municípios?|prefeituras?|bairros?|província)\b",
        r"\b(?i:estado d[eo]|região|distritos?|comarca|país(?:es)?)\b",
    ),
    "en": (
        rf"\b(?i:in|at|across|from|around) (?:the )?{NAME}",
        r"\b(?i:city|cities|towns?|municipalit(?:y|ies)|neighbou?rhoods?)\b",
        r"\b(?i:districts?|province|county|region|countr(?:y|ies))\b",
    ),
}

RESULT = {
    "es": (
        r"\d+(?:[.,]\d+)* ?(?:%|por ciento)",
        r"\b(?:bajó|bajaron|bajamos|redujo|redujeron|redujimos|disminuyó|disminuyeron|cayó|aumentó|aumentaron|subió)\b",
        r"\b(?:mejoró|mejoraron|creció|crecieron|logró|lograron|logramos|evitó|evitaron|evitamos|ahorró|ahorraron)\b",
        r"\b(?:recuperó|recuperaron|recuperamos|duplicó|halladas?|hallamos|encontramos|resultó|resultados?)\b",
        r"\b(?:pasó|pasaron|pasamos) de\b|\bdejó de\b|\bdejaron de\b",
        r"\bmenos (?:de )?\w+ que\b|\bno (?:funcionó|resultó)\b",
        r"\b(?:fracasó|quedó (?:funcionando|instalad[oa])|sigue(?:n)? (?:en uso|funcionando))\b",
    ),
    "pt": (
        r"\d+(?:[.,]\d+)* ?(?:%|por cento)",
        r"\b(?:caiu|caíram|baixou|baixaram|reduziu|reduziram)\b",
        r"\b(?:reduzimos|diminuiu|diminuíram|aumentou|aumentaram|subiu)\b",
        r"\b(?:melhorou|melhoraram|cresceu|cresceram|conseguiu|conseguimos|evitou|evitaram|evitamos|economizou)\b",
        r"\b(?:recuperou|recuperaram|recuperamos|dobrou|encontrad[oa]s?|encontramos|resultou|resultados?)\b",
        r"\b(?:passou|passaram|passamos) de\b|\bdeixou de\b|\bdeixaram de\b|\bnão (?:funcionou|deu certo)\b",
        r"\b(?:fracassou|continua(?:m)? (?:em uso|funcionando))\b",
    ),
    "en": (
        r"\d+(?:[.,]\d+)* ?(?:%|per cent|percent)",
        r"\b(?:fell|dropped|cut|reduced|decreased|lowered|rose|increased|improved|grew|doubled|halved|saved|avoided)\b",
        r"\b(?:recovered|found|achieved|prevented|stopped|resulted|results?|went from|failed|did not work)\b",
        r"\b(?:still (?:in use|runs|running|works))\b",
    ),
}

FOR_WHOM = {
    "es": (
        r"\b(?:habitantes|familias|hogares|vecin[oa]s|estudiantes)\b",
        r"\b(?:niñ[oa]s|jóvenes|adolescentes|mujeres|personas|docentes)\b",
        r"\b(?:usuari[oa]s|pacientes|agricultor[ea]s|productor[ea]s)\b",
        r"\b(?:comerciantes|pescador[ea]s|recicladores|migrantes)\b",
        r"\b(?:ciudadan[oa]s|ciudadanía|comunidad(?:es)?|escuelas?|colegios?|hospital(?:es)?|cooperativas?|pymes?)\b",
        r"\b(?:alcaldías?|municipalidad(?:es)?|gobierno|ministerio)\b",
        r"\b(?:funcionari[oa]s|empresa (?:municipal|pública)|cliente)\b",
    ),
    "pt": (
        r"\b(?:habitantes|moradores|famílias|domicílios|vizinh[oa]s)\b",
        r"\b(?:estudantes|alun[oa]s|crianças|jovens|mulheres|pessoas)\b",
        r"\b(?:usuári[oa]s|pacientes|agricultor[ea]s|produtor[ea]s)\b",
        r"\b(?:comerciantes|pescador[ea]s|catador[ea]s|migrantes)\b",
        r"\b(?:cidadãos|cidadãs|cidadania|comunidades?|escolas?)\b",
        r"\b(?:hospita(?:l|is)|cooperativas?|professor[ea]s|docentes)\b",
        r"\b(?:prefeituras?|governo|ministério|secretaria|servidor[ea]s|empresa (?:municipal|pública)|cliente)\b",
    ),
    "en": (
        r"\b(?:inhabitants|residents|families|households|neighbou?rs)\b",
        r"\b(?:students|pupils|children|young people|youth|women)\b",
        r"\b(?:people|users|patients|farmers|growers|traders|shopkeepers)\b",
        r"\b(?:fishers|waste pickers|migrants|teachers|citizens)\b",
        r"\b(?:communit(?:y|ies)|schools?|hospitals?|cooperatives?)\b",
        r"\b(?:councils?|city hall|government|ministry|civil servants)\b",
        r"\b(?:municipal|public) (?:company|utility|bod(?:y|ies))\b|\bclients?\b",
    ),
}
