"""How long a paper takes from its tree to bytes, in every format; the target is 3 s for a PDF.

    .venv/bin/python bench/papers.py            # --check ends with 1 if a PDF takes longer

The council paper is the invented one of the tests, the monthly report has 50 projects on 51 pages.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")

import django  # noqa: E402

TARGET_S = 3.0
TIMES = 5


def main() -> None:
    django.setup()
    from mehrwert.documents.docx import docx
    from mehrwert.documents.html import html
    from mehrwert.documents.odt import odt
    from mehrwert.documents.pdf import pdf
    from mehrwert.evaluation.council_paper import DEFAULT, built_in_profiles, compose
    from mehrwert.evaluation.tests.paper_samples import facts
    from mehrwert.portfolio.monthly_report import compose as monthly
    from mehrwert.portfolio.tests.test_monthly_report import project, report

    papers = {
        "Ratsvorlage": compose(facts(), built_in_profiles()[DEFAULT]),
        "Monatsbericht, 50 Vorhaben": monthly(report(*(project(str(n)) for n in range(50)))),
    }
    slowest = 0.0
    for name, paper in papers.items():
        for write in (pdf, odt, docx, html):
            wall, cpu = spent(lambda write=write, paper=paper: write(paper))
            slowest = max(slowest, cpu) if write is pdf else slowest
            print(f"{name}, {write.__name__}: {wall:.2f} s gewartet, {cpu:.2f} s gerechnet")
    if "--check" in sys.argv and slowest > TARGET_S:
        sys.exit(f"Ein PDF braucht {slowest:.1f} s, erlaubt sind {TARGET_S:.0f} s.")


def spent(act: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds waited and computed, by all threads, of a few runs."""
    runs = []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    return statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)


if __name__ == "__main__":
    main()
