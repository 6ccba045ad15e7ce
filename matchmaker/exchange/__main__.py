"""Write the templates: `python -m matchmaker.exchange FOLDER` (CSV in English, XLSX in each working language)."""

import sys
from pathlib import Path

from matchmaker.exchange.templates import write_csv_template, write_xlsx_template
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES, TEMPLATES
from matchmaker.languages import WorkingLanguage
from matchmaker.taxonomy.queries import load_taxonomy


def write_templates(folder: Path, *, taxonomies: Path = TEMPLATES.parent / "taxonomy") -> None:
    """Write every template into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    taxonomy = load_taxonomy(taxonomies)
    for kind in (PROFILES, CHALLENGES):
        write_csv_template(folder / f"{kind}.csv", kind=kind, language=WorkingLanguage.EN)
        for language in WorkingLanguage:
            write_xlsx_template(folder / f"{kind}.{language}.xlsx", kind=kind, language=language, taxonomy=taxonomy)


if __name__ == "__main__":
    write_templates(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES)
