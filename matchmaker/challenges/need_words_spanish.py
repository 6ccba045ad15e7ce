"""Words of Spanish that announce a need or stand beside one; `need_cues` says what each table is for."""

WORDS = {
    "asks": r"""
        lo (?:primero |unico |mas urgente )?que (?:nos |mas |hace )*falta(?: [a-z]+){0,2} es
        lo (?:primero |unico |mas urgente )?que (?:mas )?(?:necesitamos|queremos|buscamos|pedimos)(?: [a-z]+){0,2} es
        (?<!\bno )(?:(?:nos|se|les) )?(?:necesit(?:a|amos|aremos|aria|ariamos)|necesitandose)
        (?<!\bno )(?:se (?:requiere|precisa|demanda|exige|debera[n]?)|requerimos|precisamos|demandamos|debemos)
        (?:(?:nos|les) )?(?:hace[n]? falta|haria[n]? falta)
        (?<!\bno )(?:buscamos|se busca|querriamos|quisieramos|queremos|deseamos|pretendemos|esperamos|nos proponemos)
        (?<!\bno )(?:nos gustaria|nos interesaria|anhelamos|aspiramos a|agradeceriamos|nos urge|urge)
        (?<!\bsin )(?:pedimos|pidamos|solicitamos|proponemos|planteamos|invitamos a)
        (?:es|seria|resulta) (?:necesari[oa]|urgente|preciso|indispensable|imprescindible|obligatorio|fundamental|vital)
        es (?:una )?condicion [a-z]+
        (?:hay|habria|tenemos|tendriamos) que
        (?:se|nos) (?:contempla|plantea|propone|preve|proyecta)
        el alcance (?:comprende|incluye|contempla)
        (?:la|nuestra) (?:primera |mayor |principal )?(?:prioridad|necesidad|meta) es
        (?:el|nuestro) (?:primer |gran |mayor |principal )?(?:reto|desafio|objetivo|paso|pedido|proposito) es
        el (?:problema|inconveniente) es que
        (?:sigue|queda) (?:pendiente|sin resolver|por resolver)
        (?:nos|me) preocupa(?: tambien)?(?= que\b)
        se (?:buscan|necesitan|requieren|solicita|solicitan|convoca a)
    """,
    "others": r"""
        (?<!\bque )(?<!\bquienes )(?<!\bno )(?:necesitan|piden|reclaman|exigen|exige|requieren?)
        (?<!\bque )(?<!\bquienes )(?<!\bno )(?:solicitan?|solicito|pidio|pidieron)
    """,
    "gaps": r"""
        (?<!\bla )(?<!\bpor )(?<!\bhace )(?<!\bhacen )(?<!\buna )(?<!\bno )(?<!\bsin )faltan?(?! de\b)
        (?:se carece|carecemos|carece) de
    """,
    "wants": r"""
        (?:es|son|seria|serian) (?:necesari[oa]s?|indispensables?|urgentes?)(?=\s*$)
        (?:debe|deben|deberia|deberian|tiene que|tienen que) (?:poder|ser)
    """,
    "lacks": r"""
        no (?:tenemos|contamos con|disponemos|hay(?! nada)|existen?|sabemos|conocemos|podemos|logramos|conseguimos)
        no (?:se sabe|se conoce|se cuenta con|se dispone|alcanzan?|funcionan?|coinciden?|sabria[n]?|damos abasto)
        no (?:estan?|quedo) (?:escrit|clar|definid|registrad|conectad|articulad)[oa]s?
        tampoco (?:tenemos|contamos|hay|existe|sabemos|esta|se sabe|conocemos)
        (?<!\bque )(?<!\bcasi )nadie (?!aqui|sabia)[a-z]+
        (?:sin|escasez de|deficit de|ausencia de) (?:datos|informacion|registro|control|acceso)
    """,
    "methods": r"""
        (?:como|donde|con que|de que (?:manera|forma|modo)|a quien) [a-z]+(?:ar|er|ir)(?:l[aeo]s?|se|nos)?
    """,
    "boasts": r"""
        (?:contamos|cuenta|cuentan) con
        (?<!\bno )tenemos(?!.*(?:problema|reto|desafio|necesidad))
        ya (?:hay|existe|tenemos)
    """,
    "tails": r"""
        porque
        ya que
        puesto que
        pues
        siempre que
        en lugar de
        en vez de
        para que no
        dado que
        condicion de
    """,
    "links": r"""
        y
        e
        o
        pero
        mas
        sino
        asi
        por eso
        por ello
        entonces
        aunque
        mientras
        cuando
    """,
    "breaks": r"""
        asi que
        por lo que
        por lo tanto
        por tanto
        de modo que
        de manera que
        de ahi que
        porque
        puesto que
        ya que
    """,
    "fillers": r"""
        y
        e
        que
        tambien
        ademas
        sobre todo
        por ultimo
        finalmente
        asimismo
        igualmente
        entonces
        hoy
        ahora
        mucho
        urgente(?:mente)?
        en primer lugar
        en segundo lugar
        despues
        por eso
        de
        apoyo para
        ayuda para
        a alguien que
    """,
    "conjunction": r"""
        y
        e
    """,
    "refusals": r"""
        no
        tampoco
    """,
    "parts": r"""
        un
        una
        unos
        unas
        [a-z]{2,}(?:ar|er|ir)(?:l[aeo]s?|se)?
    """,
    "extras": r"""
        que
        sobre todo
        tambien
        ademas
        por ultimo
        finalmente
        asimismo
        en particular
    """,
    "articles": r"""
        un
        una
        unos
        unas
    """,
    "reasons": r"""
        porque
    """,
}
