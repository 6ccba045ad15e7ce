"""Words of Portuguese that announce a need or stand beside one; `need_cues` says what each table is for."""

WORDS = {
    "asks": r"""
        (?:o que (?:mais |nos )*(?:falta|precisamos|queremos|buscamos|pedimos)(?: [a-z]+){0,3} e)
        (?<!\bnao )(?:precisamos|precisaremos|precisariamos|necessitamos|precisa-se|necessita-se)(?: de)?
        (?<!\bnao )(?:(?:requer|demanda|exige|busca|procura|solicita|pede)(?:-se|m-se)|requeremos|demandamos)
        (?:faz|fazem|faria) falta
        (?<!\bnao )(?:buscamos|procuramos|queremos|queriamos|desejamos|pretendemos|esperamos|almejamos)
        (?:gostariamos|adorariamos) (?:de|que)
        (?:pedimos|solicitamos|propomos|convidamos)
        (?:e|seria|sera) (?:necessari[oa]|preciso|urgente|indispensavel|imprescindivel|obrigatorio|fundamental|vital)
        e (?:uma )?condicao [a-z]+
        (?:ha|temos|teriamos|teremos) que
        temos de
        (?:contempla|propoe|planeja|preve|projeta|deve)m?-se
        contempla
        o escopo (?:compreende|inclui|contempla|abrange)
        (?:a|nossa) (?:primeira |maior |principal )?(?:prioridade|necessidade|meta) e
        (?:o|nosso) (?:primeiro |grande |maior |principal )?(?:desafio|objetivo|passo|pedido|proposito) e
        o (?:problema|inconveniente) e que
        (?:continua|segue|fica) (?:pendente|sem solucao|por resolver)
        (?:nos preocupa|preocupa-nos)(?: tambem)?(?= que\b)
    """,
    "others": r"""
        (?<!\bque )(?<!\bquem )(?<!\bnao )(?:precisam|necessitam|pedem|exigem?|requerem|requer|impoe)(?: de)?
        (?<!\bque )(?<!\bquem )(?<!\bnao )(?:solicitam?|solicitou|pediu|pediram)
    """,
    "gaps": r"""
        (?<!\ba )(?<!\bpor )(?<!\buma )(?<!\bsem )(?<!\bfaz )(?<!\bfazem )(?<!\bna )faltam?(?:-nos)?(?! de\b)
        carece(?:mos)? de
    """,
    "wants": r"""
        (?:e|sao|seria|seriam) (?:necessari[oa]s?|indispensave(?:l|is)|urgentes?)(?=\s*$)
        (?:deve|devem|deveria|deveriam|tem que|precisa) (?:poder|ser)
    """,
    "lacks": r"""
        nao (?:temos|contamos com|dispomos|ha(?! nada)|existem?|sabemos|conhecemos|podemos|conseguimos|damos conta)
        nao (?:se sabe|se conhece|da conta|dao conta|funcionam?|batem?|conferem?|coincidem?|saberia[m]?|bastam?)
        nao (?:esta|estao|ficou) (?:escrit|clar|definid|registrad|conectad|articulad)[oa]s?
        (?<!\bque )(?<!\bquase )ninguem (?!aqui|sabia)[a-z]+
        (?:sem|escassez de|deficit de|ausencia de) (?:dados|informacao|registro|controle|acesso)
    """,
    "methods": r"""
        (?:como|com que|de que (?:maneira|forma|modo)|a quem) [a-z]+(?:ar|er|ir|or)(?:-l?[ao]s?)?
    """,
    "boasts": r"""
        (?:contamos|conta|contam) com
        (?<!\bnao )temos(?!.*(?:problema|desafio|necessidade))
        ja (?:ha|existe|temos)
    """,
    "tails": r"""
        porque
        ja que
        uma vez que
        pois
        desde que
        em vez de
        em lugar de
        dado que
        condicao de
    """,
    "links": r"""
        e
        ou
        mas
        porem
        entao
        assim
        logo
        embora
        enquanto
        quando
    """,
    "breaks": r"""
        portanto
        por isso
        por isto
        de modo que
        de forma que
        de maneira que
        porque
        ja que
        uma vez que
    """,
    "fillers": r"""
        e
        que
        de
        tambem
        alem disso
        sobretudo
        principalmente
        por fim
        finalmente
        igualmente
        entao
        hoje
        agora
        muito
        em primeiro lugar
        em segundo lugar
        depois
        por isso
        ainda
        apoio para
        ajuda para
        de alguem que
    """,
    "conjunction": r"""
        e
    """,
    "refusals": r"""
        nao
        tampouco
    """,
    "parts": r"""
        um
        uma
        uns
        umas
        [a-z]{2,}(?:ar|er|ir|or)(?:-l?[ao]s?)?
    """,
    "extras": r"""
        que
        ainda
        sobretudo
        principalmente
        tambem
        alem disso
        por fim
        finalmente
        em particular
    """,
    "articles": r"""
        um
        uma
        uns
        umas
    """,
    "reasons": r"""
        porque
    """,
}
