#!/usr/bin/env python3
"""Draws a captured terminal as an SVG, for the README.

    tmux capture-pane -e -p | Themes/picture.py > Themes/default.svg
    tmux capture-pane -e -p | Themes/picture.py "#ffffff" "#202020" > light.svg

The terminal's own background and text are the two arguments. It reads 16, 256 and 16 million colours.
"""

import html
import re
import sys
import unicodedata

CELL_WIDTH, LINE_HEIGHT, MARGIN = 8.43, 18, 12
FOREGROUND, BACKGROUND = "#d0d0d0", "#121212"
SIXTEEN = ("#000000 #cd3131 #0dbc79 #e5e510 #2472c8 #bc3fbc #11a8cd #e5e5e5 "
           "#666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #ffffff").split()


def color(index):
    """The sRGB of a colour of the 256-colour palette."""
    if index < 16:
        return SIXTEEN[index]
    if index >= 232:
        return "#" + f"{8 + 10 * (index - 232):02x}" * 3
    levels = (0, 95, 135, 175, 215, 255)
    index -= 16
    return "#%02x%02x%02x" % (levels[index // 36], levels[index // 6 % 6], levels[index % 6])


class Pen:
    def __init__(self):
        self.reset()

    def reset(self):
        self.foreground = self.background = None
        self.bold = self.dim = self.underline = self.reverse = False

    def select(self, parameters):
        """Applies one SGR sequence (ECMA-48, 8.3.117)."""
        codes = [int(code or 0) for code in parameters.split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underline", 7: "reverse"}[code], True)
            elif code in (22, 24, 27):
                for name in {22: ("bold", "dim"), 24: ("underline",), 27: ("reverse",)}[code]:
                    setattr(self, name, False)
            elif code in (38, 48) and codes[:1] == [5]:
                setattr(self, "foreground" if code == 38 else "background", color(codes[1]))
                codes = codes[2:]
            elif code in (38, 48) and codes[:1] == [2]:
                setattr(self, "foreground" if code == 38 else "background", "#%02x%02x%02x" % tuple(codes[1:4]))
                codes = codes[4:]
            elif code in (39, 49):
                setattr(self, "foreground" if code == 39 else "background", None)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.foreground = color(code - 30 if code < 90 else code - 82)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.background = color(code - 40 if code < 100 else code - 92)

    @property
    def look(self):
        foreground, background = self.foreground or FOREGROUND, self.background
        if self.reverse:
            foreground, background = background or BACKGROUND, foreground
        return foreground, background, self.bold, self.underline, self.dim


def runs(line, pen):
    """Pieces of one line that look alike, each with its column."""
    column, pieces = 0, []
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            pen.select(piece[2:-1])
        elif piece:
            width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in piece)
            pieces.append((column, width, piece, pen.look))
            column += width
    return pieces


def draw(lines):
    pen, body, columns = Pen(), [], 0
    for row, line in enumerate(lines):
        y = MARGIN + row * LINE_HEIGHT
        for column, width, text, (foreground, background, bold, underline, dim) in runs(line, pen):
            columns = max(columns, column + width)
            x = MARGIN + column * CELL_WIDTH
            if background:
                body.append(f'<rect x="{x:.1f}" y="{y}" width="{width * CELL_WIDTH:.1f}" height="{LINE_HEIGHT}" '
                            f'fill="{background}"/>')
            if text.strip():
                look = (' font-weight="bold"' if bold else "") + (' text-decoration="underline"' if underline else "")
                look += ' opacity="0.6"' if dim else ""
                body.append(f'<text x="{x:.1f}" y="{y + 13}" textLength="{width * CELL_WIDTH:.1f}" fill="{foreground}"'
                            f'{look}>{html.escape(text)}</text>')
    width, height = 2 * MARGIN + columns * CELL_WIDTH, 2 * MARGIN + len(lines) * LINE_HEIGHT
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" xml:space="preserve" '
            f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">\n'
            f'<rect width="100%" height="100%" rx="6" fill="{BACKGROUND}"/>\n' + "\n".join(body) + "\n</svg>")


if __name__ == "__main__":
    BACKGROUND, FOREGROUND = (sys.argv[1:] + [BACKGROUND, FOREGROUND][len(sys.argv) - 1:])[:2]
    print(draw(sys.stdin.read().rstrip("\n").split("\n")))
