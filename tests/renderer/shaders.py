#!/usr/bin/env python3
"""shaders.py SOURCE: the shaders are what the standard of GLSL allows, by its reference compiler.

Drivers accept more than that, each something else. Compiles each shader of renderer/draw/shaders.h
and links the pairs that gl_painter.cpp makes programs of.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
VALIDATOR = "glslangValidator"
SHADER = re.compile(r'(\w+)_(vertex|fragment)_shader = R"glsl\((.*?)\)glsl"', re.DOTALL)
PROGRAM = re.compile(r'make_program\("\w+", (\w+)_vertex_shader, (\w+)_fragment_shader\)')
SUFFIXES = {"vertex": ".vert", "fragment": ".frag"}


def main(source):
    """The exit code."""
    if shutil.which(VALIDATOR) is None:
        print(f"skipped: not installed: {VALIDATOR}")
        return SKIPPED
    draw = pathlib.Path(source) / "renderer" / "draw"
    pairs = PROGRAM.findall((draw / "gl_painter.cpp").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, kind, text in SHADER.findall((draw / "shaders.h").read_text(encoding="utf-8")):
            files[name, kind] = pathlib.Path(folder) / (name + SUFFIXES[kind])
            files[name, kind].write_text(text, encoding="utf-8")
        used = {(vertex, "vertex") for vertex, _ in pairs} | \
            {(fragment, "fragment") for _, fragment in pairs}
        wrong = used ^ set(files)
        if not pairs or wrong:
            print(f"shaders of no program, or programs of no shader: {wrong or 'all'}")
            return 1
        status = 0
        for vertex, fragment in pairs:
            command = [VALIDATOR, "-l", files[vertex, "vertex"], files[fragment, "fragment"]]
            status |= subprocess.run(command, check=False).returncode
    print(f"{len(pairs)} programs of {len(files)} shaders")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
