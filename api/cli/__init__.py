"""The command `matchmaker`, in three languages.

words        which language, and its sentences     outlets    results, progress, and where they go
faults       exit codes, refusals of the machine   group      languages, help and errors of every command
operator     what a command works with
commands     their options, and nothing heavy      entry      all of them together

Behind the commands, imported when one runs:

preparing, demo, serving, server     importing, problem_table, exporting     matching, opportunities, explaining
ready, indexing     evaluating, trec_run, benching     tokens     letters, auditing     agenda
"""

from api.cli.entry import main

__all__ = ["main"]
