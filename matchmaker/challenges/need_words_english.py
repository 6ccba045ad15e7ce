"""Words of English that announce a need or stand beside one; `need_cues` says what each table is for."""

WORDS = {
    "asks": r"""
        what (?:we|they|is|the [a-z]+) (?:most |really |still )*(?:needs?|lacks?|wants?|missing)(?: [a-z]+){0,2} is
        (?:we|i|they|and|also) (?:therefore |also |urgently |still )*(?:need|lack|want|require|seek)(?: help)?(?: to)?
        (?:city|town|municipality) (?:also |urgently |still )*(?:needs|lacks|wants|requires|seeks)(?: help)?(?: to)?
        (?:it|unit|city|agency|department|secretariat|ministry|council) (?:also )?(?:seeks|requires|proposes)(?: to)?
        (?:would|'d) (?:also )?(?:like|love|welcome|wish)(?: to)?
        (?:we|i) (?:wish|hope|aim|intend|plan|must|have to|ought to)(?: to)?
        (?:are|is|am|be|been) (?:also |now |currently )*(?:looking for|seeking|searching for|in need of|asking for)
        (?:we|they|and|also|residents|associations|citizens) (?:also )?(?:ask|call) for(?: help| someone)?(?: to)?
        (?<!\bnot )(?:asks?|asked|calls?) (?:for|us)(?: to)?
        asks? to
        (?:is|are) (?:also )?(?:needed|necessary|required|essential|vital|urgent)(?: is| to)
        is (?:compulsory|mandatory)(?:,[^,]{1,20},)? to
        the following (?:is|are) required
        (?:an? )?(?:[a-z]+ )?condition is
        there (?:is|are) (?:a |an )?(?:requirement|need|demand) (?:for|to)
        (?:scope|project|component|it|plan) (?:also |further |likewise )?(?:calls for|comprises|includes|envisages)
        (?:scope|project|component|it|plan) (?:contemplates|proposes)(?: to)?
        (?:our|the) (?:first |main |biggest )?(?:priority|challenge|goal|aim|need|step|request) is(?: to| that)?
        the (?:main |real |biggest )?problem is that
        (?:we are|are) (?:also )?(?:worried|concerned)(?= that\b)
    """,
    "others": r"""
        (?<!\bwho )(?<!\bthat )(?<!\bnot )(?<!\bthe )(?:need|require)s?(?= (?:an?|someone|people|adults|help)\b)
        (?<!\bwho )(?<!\bthat )(?<!\bnot )(?<!\bthe )(?:need|require)s?(?: to(?! be\b)|(?= (?:more|better)\b))
        (?<!\bthat )(?<!\bwhich )(?<!\bwho )(?:must|have to|has to)(?! be\b)
    """,
    "gaps": r"""
        (?<!\bfor )(?<!\bthe )(?<!\ba )lacks?(?! of\b)
    """,
    "wants": r"""
        (?:has|have|needs?|ought|there must) (?:to )?be
        (?<!^)(?:should|must)
        (?:is|are) (?:urgently |badly |sorely )?(?:needed|required|necessary|missing|lacking)(?=\s*$)
    """,
    "lacks": r"""
        (?:we|they|it|office|city) (?:do|does) not (?:know|have|own|understand)
        (?:we|they) cannot
        (?:we|they) can't
        don't (?:know|have)
        (?<!\bthat )(?<!\bwhich )(?:nobody|no one|no-one|none) (?:has|is|knows|can|checks|looks|of|will|in)
        (?:there is|there are|is|are) (?:nowhere|no one|nobody|not enough|too few)
        nor (?:is|are) (?:there|it written)
        (?:nothing|nowhere) (?:in|is|says|tells)
        (?:do|does|would) not (?:match|agree|work|know|exist|connect|reach)
        (?:there is|there are|we have|have|has) (?:still |currently |also )*no(?! (?:longer|doubt|problem))
        nor do we have
        (?:lack|shortage|absence|scarcity) of (?:data|information|records|access|control)
        have no (?:idea|data|figures)
    """,
    "methods": r"""
        (?:how|where|whom) to [a-z]+
    """,
    "boasts": r"""
        we (?:already )?have(?! to| no)
        there (?:is|are) already
        we (?:achieved|built|offer)
    """,
    "tails": r"""
        because
        since
        as it
        as long as
        as we
        rather than
        instead of
        provided
        given that
        which wants
        a condition
    """,
    "links": r"""
        and
        or
        but
        so
        therefore
        thus
        hence
        although
        while
        when
        yet
    """,
    "breaks": r"""
        because
        so that
        which is why
        (?:believe|think|say|found) that
    """,
    "fillers": r"""
        and
        also
        then
        lastly
        finally
        moreover
        now
        urgently
        to
        for
        that
        above all
        first
        second
        besides
        help
        in particular
    """,
    "conjunction": r"""
        and
    """,
    "refusals": r"""
        not
        no
        never
        we cannot
        we do not
    """,
    "parts": r"""
        an?
        one
        some
        to [a-z]+
    """,
    "extras": r"""
        also
        above all
        lastly
        finally
        for
        in particular
        especially
        that
    """,
    "articles": r"""
        an?
        one
        some
    """,
    "reasons": r"""
        because
    """,
}
