"""HTTP, pages and the command line, in three languages.

settings   what the operator may set          i18n      words by language
wiring     introduces everyone                 security  who asks, what a browser is told to refuse
pace       how often one may ask               cookies   sessions of browsers, CSRF tokens
openid     a provider of OpenID Connect
rest       JSON under /v1                      web       pages
letters    words, answers by link, sending
errors     problem documents                   app       all of it as one application
cli        the command `matchmaker`
"""
