"""What the tasks of the handbook take: steps, and the seconds that the computer needs for them.

`python benchmarks/tasks.py` does each walk on a copy of the example and prints the table;
with --schrijf it also puts the table in the handbook. How fast a person reads is not measured.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

import walks

INDEX = walks.ROOT / "site" / "templates" / "handboek--index.md.j2"
ROWS = re.compile(r"(?<=<tbody>\n)(?:<tr>.*</tr>\n)*")
Row = tuple[str, str, int, float]  # page, title, steps, seconds


def tasks() -> list[Row]:
    """Each walk, done once as a user would, each command a process of its own."""
    found = []
    for page in walks.PAGES:
        text = page.read_text()
        if not walks.BLOCK.search(text):
            continue
        with tempfile.TemporaryDirectory() as folder:
            walk = walks.Walk(Path(folder) / "voorbeeldstad", walks.kadernota)
            start = time.perf_counter()
            walk.again(text)
            spent = time.perf_counter() - start
        found.append((walks.name(page), walks.title(text), walk.steps, spent))
    return found


def rows(found: list[Row]) -> str:
    """The rows of the table in the handbook."""
    cell = '<td class="getal">{}</td>'.format
    return "".join(
        f'<tr><th scope="row"><a href="{{{{ href("handboek/{name}/") }}}}">{title}</a></th>'
        + cell(steps)
        + cell(f"{spent:.1f}".replace(".", ","))
        + "</tr>\n"
        for name, title, steps, spent in found
    )


def main() -> None:
    found = tasks()
    print(f"{'stappen':>7}  {'seconden':>8}  klus")
    for _, title, steps, spent in found:
        print(f"{steps:>7}  {spent:>8.1f}  {title}")
    if "--schrijf" in sys.argv:
        text = INDEX.read_text()
        INDEX.write_text(ROWS.sub(lambda _: rows(found), text, count=1))


if __name__ == "__main__":
    main()
