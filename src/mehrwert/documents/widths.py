"""How wide the columns of a table are: one answer for all formats."""

from mehrwert.documents.model import Table

LONGEST_LINE = 34
PADDING = 2


def shares(table: Table) -> tuple[float, ...]:
    """Return the share of each column in the width; they add up to 1.

    A column is at least as wide as its longest word and grows with its longest text, up to a line.
    """
    needs = []
    for index, column in enumerate(table.columns):
        texts = [column.header, *(row[index] for row in table.rows)]
        word = max(len(part) for text in texts for part in (text.split(" ") or [""]))
        line = min(max(len(text) for text in texts), LONGEST_LINE)
        needs.append((max(word, line * 0.7) + PADDING) * column.weight)
    total = sum(needs)
    return tuple(need / total for need in needs)
