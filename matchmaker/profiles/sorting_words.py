"""Words by which a sentence of a pasted text shows where it belongs; expressions over lower-case text with accents.

`headings` are whole lines. `did` says that something was done, `does` that something is on offer, `is_who` who speaks.
"""

HEADINGS = {
    "offer": (
        r"(?:nuestros |nossos |our )?(?:servicios|serviços|services)",
        r"(?:productos|produtos|products|soluciones|soluções|solutions)",
        r"(?:qué|lo que|o que|what) (?:ofrecemos|hacemos|oferecemos|fazemos|we (?:offer|do))",
        r"(?:oferta|offer|capacidades|capabilities)",
        r"(?:líneas de (?:trabajo|investigación)|linhas de (?:trabalho|pesquisa))",
        r"(?:research (?:lines|areas)|programas|programs|programmes|áreas de (?:trabajo|atuação))",
    ),
    "experience": (
        r"(?:nuestra |nossa |our )?(?:experiencia|experiência|experience|trayectoria|trajetória|track record)",
        r"(?:proyectos|projetos|projects|casos|cases|references|referencias|referências|resultados|results|logros)",
        r"(?:proyectos (?:realizados|destacados)|projetos (?:realizados|de destaque)|casos de (?:éxito|sucesso))",
        r"(?:qué|lo que|o que|what) (?:hemos hecho|hicimos|fizemos|we have done|we did)|past projects|success stories",
    ),
    "about": (
        r"(?:quiénes somos|quienes somos|quem somos|who we are|about(?: us)?|sobre nosotros|sobre nós|nosotros)",
        r"(?:presentación|apresentação|introduction|misión|missão)",
        r"(?:mission|visión|visão|vision|historia|história|history)",
    ),
    "aside": (
        r"(?:contacto|contato|contact(?: us)?|contáctenos|fale conosco)",
        r"(?:redes sociales|redes sociais|follow us|menú|menu)",
        r"(?:política de privacidad|política de privacidade|privacy policy|cookies|aviso legal|legal notice)",
    ),
}

DID = {
    "es": (
        r"\b(?:hemos|han|ha|habíamos) \w+(?:ado|ido|cho|sto)s?\b",
        r"\b(?:hicimos|desarrollamos|implementamos|instalamos)\d\d\b",
        r"\b(?:capacitamos|diseñamos|ejecutamos|acompañamos) .*\b(?:19|20)\d\d\b",
        r"\b\w{3,}(?:aron|ieron|jeron)\b|\b\w{2,}(?:jo|ujo|izo|uvo)\b|\b\w{3,}(?:ó)\b",
        r"\b(?:en|desde|entre|durante) (?:el año )?(?:19|20)\d\d\b|\bhicimos\b|\btrabajamos con \w+ (?:en|para) \d",
        r"\b(?:fue|fueron|estuvo|realizad[oa]s? (?:en|para|por)|finalizad[oa]|implementad[oa] en|premiad[oa]s?)\b",
    ),
    "pt": (
        r"\b(?:temos|tem|já) (?:\w+ )?\w+(?:ado|ido)s?\b.*\b(?:19|20)\d\d\b",
        r"\b\w{3,}(?:aram|eram|iram)\b|\b\w{3,}(?:ou|eu|iu)\b",
        r"\b(?:fizemos|fez|tivemos|desenvolvemos em|atendemos em)\b",
        r"\b(?:em|desde|entre|durante) (?:o ano de )?(?:19|20)\d\d\b",
        r"\b(?:foi|foram|esteve|realizad[oa]s? (?:em|para|por)|concluíd[oa]|implantad[oa] em|premiad[oa]s?)\b",
    ),
    "en": (
        r"\b(?:we|they|it|our \w+) (?:have |has )?(?:\w+ed|built|ran|led|found|taught|made|cut|set up|won)\b",
        r"\b(?:in|since|between|during) (?:19|20)\d\d\b|\b(?:was|were) \w+ed\b|\bawarded\b|\bcompleted\b",
    ),
}

DOES = {
    "es": (
        r"\b(?:ofrecemos|brindamos|prestamos|proveemos|vendemos)\b",
        r"\b(?:fabricamos|hacemos|ayudamos|asesoramos|damos|enseñamos)\b",
        r"\b(?:investigamos|acompañamos|capacitamos|diseñamos|desarrollamos|instalamos|operamos|medimos|facilitamos)\b",
        r"\b(?:podemos|apoyamos|formamos|evaluamos|financiamos)\b",
        r"\b(?:compartimos|ponemos a disposición|realizamos|contamos con)\b",
        r"\b(?:ofrece|brinda|presta|provee|permite|incluye|el servicio|nuestro servicio|la plataforma|el programa)\b",
    ),
    "pt": (
        r"\b(?:oferecemos|prestamos|fornecemos|vendemos|fabricamos|fazemos|ajudamos|assessoramos|damos|ensinamos)\b",
        r"\b(?:pesquisamos|acompanhamos|capacitamos|projetamos)\b",
        r"\b(?:desenvolvemos|instalamos|operamos|medimos|facilitamos)\b",
        r"\b(?:podemos|apoiamos|formamos|avaliamos|financiamos|compartilhamos|realizamos|contamos com|dispomos de)\b",
        r"\b(?:oferece|presta|fornece|permite|inclui|o serviço|nosso serviço|a plataforma|o programa)\b",
    ),
    "en": (
        r"\bwe (?:also )?(?:offer|provide|sell|build|make|help|advise)\b",
        r"\bwe (?:teach|research|train|design|develop|install|run)\b",
        r"\bwe (?:can|support|measure|fund|share|operate|deliver|work with|assess)\b",
        r"\bour (?:service|platform|programme)\b",
        r"\b(?:offers|provides|allows|lets|includes|the service|the platform|the programme)\b",
    ),
}

IS_WHO = {
    "es": (
        r"\b(?:somos|nacimos|nuestra misión|nuestro equipo|fundad[oa] en|con sede en|creemos|la empresa es|es una?)\b",
    ),
    "pt": (
        r"\b(?:somos|nascemos|nossa missão|nossa equipe|fundad[oa] em|com sede em|acreditamos|a empresa é|é uma?)\b",
    ),
    "en": (r"\b(?:we are|our mission|our team|founded in|based in|we believe|is an?)\b",),
}

ASIDE = (
    r"^(?:tel|teléfono|telefone|phone|fax|e-?mail|correo|whats ?app)\b",
    r"^(?:dirección|endereço|address|nit|cnpj|ruc|rut|cuit)\b",
    r"(?:©|todos los derechos|todos os direitos|all rights reserved|cookies|página \d+|page \d+)",
    r"^(?:visite|visítenos|visítanos|acesse|conheça|conozca|visit|more at|más en|mais em)\b.*(?:https?://|\bwww\.)",
)
"""What belongs in no profile: contacts, notices, numbers of pages."""
