#!/usr/bin/python3
"""colour_font.py FILE KIND: writes a font of glyphs in colours, which are made of boxes from
the baseline up, 1200 wide and 800 high. Needs python3-fonttools. KIND is

    layers  COLR version 0
    paints  COLR version 1, the first character without an outline beside it
    svg     SVG documents, some of which no program should follow to their end

Each character's glyph is named as in CHARACTERS."""

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable

EM = 1000
WIDTH = 1200
HEIGHT = 800
COLOURS = [(1, 0, 0, 1), (0, 1, 0, 1)]
CHARACTERS = {
    "layers": {0x1f7e5: "both"},
    "paints": {0x1f7e5: "both", 0x1f7e6: "outlined"},
    "svg": {0x1f7e5: "both", 0x1f7e6: "scaled", 0x1f534: "laughs", 0x1f535: "broken",
            0x1f7e0: "cycle"},
}
HELPERS = {"left": (0, WIDTH // 2), "right": (WIDTH // 2, WIDTH)}


def box(left, right):
    """The outline of an upright box on the baseline."""
    pen = TTGlyphPen(None)
    pen.moveTo((left, 0))
    pen.lineTo((left, HEIGHT))
    pen.lineTo((right, HEIGHT))
    pen.lineTo((right, 0))
    pen.closePath()
    return pen.glyph()


def svg(name, number):
    """The document of each glyph."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    boxes = ('<rect y="-800" width="600" height="800" fill="#f00"/>'
             '<rect x="600" y="-800" width="600" height="800" fill="#0f0"/>')
    if name == "both":
        return f'{head}><g id="glyph{number}">{boxes}</g></svg>'
    if name == "scaled":
        return (f'{head} viewBox="0 0 10 10"><g id="glyph{number}">'
                '<rect y="-8" width="6" height="8" fill="#00f"/></g></svg>')
    if name == "laughs":
        uses = "".join(f'<g id="u{level}">' + f'<use xlink:href="#u{level - 1}"/>' * 10 + "</g>"
                       for level in range(1, 12))
        return f'{head}><g id="u0">{boxes}</g>{uses}<g id="glyph{number}">' \
               '<use xlink:href="#u11"/></g></svg>'
    if name == "cycle":
        return f'{head}><g id="glyph{number}"><use xlink:href="#glyph{number}"/></g></svg>'
    return f'{head}><g id="glyph{number}">'


def add_colours(font, kind, glyphs):
    """The tables of this kind."""
    if kind == "svg":
        table = font.font["SVG "] = newTable("SVG ")
        table.docList = [(svg(name, number), number, number)
                         for number, name in enumerate(glyphs)
                         if name in CHARACTERS["svg"].values()]
        return
    if kind == "paints":
        paint = {"Format": 10, "Glyph": "left", "Paint": {"Format": 2, "PaletteIndex": 0,
                                                           "Alpha": 1}}
        font.setupCOLR({name: paint for name in CHARACTERS[kind].values()}, version=1)
        font.setupCPAL([COLOURS])
        return
    font.setupCOLR({"both": [("left", 0), ("right", 1)]}, version=0)
    font.setupCPAL([COLOURS])


def build(path, kind):
    """The characters, what they are made of, and the tables that a font needs."""
    names = CHARACTERS[kind].values()
    glyphs = {".notdef": box(0, WIDTH), **{name: box(0, WIDTH) for name in names},
              **{name: box(*sides) for name, sides in HELPERS.items()}}
    if kind == "paints":
        glyphs["both"] = TTGlyphPen(None).glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(CHARACTERS[kind])
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (WIDTH, HELPERS.get(name, (0, 0))[0]) for name in glyphs})
    font.setupHorizontalHeader(ascent=HEIGHT, descent=-200)
    font.setupNameTable({"familyName": "Vitrine Colours", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=HEIGHT, usWinAscent=HEIGHT, usWinDescent=200)
    font.setupPost()
    add_colours(font, kind, glyphs)
    font.save(path)


build(*sys.argv[1:])
