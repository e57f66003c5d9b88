#!/usr/bin/python3
"""colour_font.py FILE: writes a font whose U+1F7E5 is made of two coloured layers (COLR
version 0): red on its left half, green on its right one. Needs python3-fonttools."""

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
ADVANCE = 1200


def box(left, right):
    """The outline of an upright box on the baseline."""
    pen = TTGlyphPen(None)
    pen.moveTo((left, 0))
    pen.lineTo((left, 800))
    pen.lineTo((right, 800))
    pen.lineTo((right, 0))
    pen.closePath()
    return pen.glyph()


def build(path):
    """One character, its two layers, and the tables that a font needs."""
    glyphs = {".notdef": box(0, ADVANCE), "both": box(0, ADVANCE),
              "left": box(0, ADVANCE // 2), "right": box(ADVANCE // 2, ADVANCE)}
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({0x1f7e5: "both"})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (ADVANCE, ADVANCE // 2 if name == "right" else 0)
                                 for name in glyphs})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Vitrine Layers", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.setupCOLR({"both": [("left", 0), ("right", 1)]}, version=0)
    font.setupCPAL([[(1, 0, 0, 1), (0, 1, 0, 1)]])
    font.save(path)


build(sys.argv[1])
