"""One table of what was measured, a line a figure, with the peers' ratios to ours."""

WIDTH = 24


class Table:
    def __init__(self, servers):
        self.servers = servers
        self.rows = {}

    def add(self, part, server, rows):
        for what, value, unit, remark, better in rows:
            row = self.rows.setdefault((part, what), {"unit": unit, "better": better, "cells": {}})
            row["cells"][server] = (value, remark)

    def text(self):
        lines = ["", " " * 46 + "".join(f"{name:>{WIDTH}}" for name in self.servers) + "   alone"]
        notes, part_before = [], None
        for (part, what), row in self.rows.items():
            if part_before not in (None, part):
                lines.append("")
            part_before = part
            unit = f" [{row['unit']}]" if row["unit"] else ""
            cells = "".join(f"{self.cell(row, name, notes):>{WIDTH}}" for name in self.servers)
            lines.append(f"{what + unit:<46}{cells}   Benchmarks/run --only {part}")
        return "\n".join(lines + [""] + [f"  [{index + 1}] {note}" for index, note in enumerate(notes)])

    def cell(self, row, name, notes):
        value, remark = row["cells"].get(name, (None, ""))
        mark = ""
        if remark:
            if remark not in notes:
                notes.append(remark)
            mark = f" [{notes.index(remark) + 1}]"
        if value is None:
            return "-" + mark
        return number(value) + self.ratio(row, name, value) + mark

    def ratio(self, row, name, value):
        """How many times better ours is than this peer: below 1, the peer is better."""
        ours = row["cells"].get(self.servers[0], (None, ""))[0]
        if name == self.servers[0] or not ours or not value:
            return ""
        times = value / ours if row["better"] == "lower" else ours / value
        return f" ({times:,.2f}x)" if times < 10 else f" ({times:,.0f}x)"


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}"
