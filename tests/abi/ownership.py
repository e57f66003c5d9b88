#!/usr/bin/env python3
"""ownership.py SOURCE: who owns what is said of every type and every function of the ABI.

Every struct of the public headers is in README.md's table of owners, and every type of the
table is in a header. Every header that has functions says what holds for the pointers they
take. A function that gives a pointer away (returns one, has a pointer to a pointer to fill, or
fills a struct that has pointers) has a word of ownership in the comment above it, or in that
above the group it stands in.
"""

import fnmatch
import pathlib
import re
import sys

WORDS = re.compile(r"\b(own(s|ed)?|borrowed|static|cop(y|ied)|lent|until)\b", re.IGNORECASE)
TAKEN = "Pointers taken are borrowed until the function returns"
STRUCT = re.compile(r"typedef struct \w+ (?:\{(?P<body>.*?)\n\} )?(?P<name>\w+_t);", re.DOTALL)
COMMENT = re.compile(r"/\*(.*?)\*/", re.DOTALL)
FUNCTION = re.compile(r"^(?:__attribute__\(.*\) )?(?P<result>(?:const )?[a-z]\w*(?: \*|\s))(?P<name>(?:ui|vitrine)_\w+)"
                      r"\(\s*(?P<parameters>[^;{}]*)\)\s*UI_NOEXCEPT;", re.MULTILINE)
TABLE = re.compile(r"^\| type \|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)


def structs(text):
    """{name: body} of the structs that a header defines, "" for opaque ones."""
    plain = COMMENT.sub("", text)
    return {match["name"]: match["body"] or "" for match in STRUCT.finditer(plain)}


def comment_above(text, at):
    """The last comment before a function, if only functions stand in between."""
    comments = [match for match in COMMENT.finditer(text, 0, at)]
    between = text[comments[-1].end():at] if comments else "{"
    return comments[-1][1] if "{" not in between and "#" not in between else ""


def gives_pointer(function, with_pointers):
    """Whether a function hands a pointer to its caller."""
    if function["result"].strip().endswith("*"):
        return True
    parameters = " ".join(function["parameters"].split())
    for parameter in parameters.split(","):
        if re.search(r"\*\*\w", parameter):
            return True
        filled = re.match(r"\s*(\w+_t) \*\w", parameter)
        if filled and filled[1] in with_pointers:
            return True
    return False


def function_faults(name, text, with_pointers):
    """What is not said in a header, a line each."""
    functions = list(FUNCTION.finditer(text))
    faults = []
    if functions and TAKEN not in " ".join(text.replace(" * ", " ").split()):
        faults.append(f"{name}: does not say: {TAKEN}")
    for function in functions:
        said = WORDS.search(comment_above(text, function.start()))
        if gives_pointer(function, with_pointers) and not said:
            faults.append(f"{name}: {function['name']}() gives a pointer and says no owner")
    return faults, len(functions)


def table_faults(names, readme):
    """Types that are only in the headers, or only in the table."""
    table = TABLE.search(readme)
    rows = table[0].split("\n")[2:] if table else []
    listed = [name for row in rows for name in re.findall(r"`([\w*]+_t)`", row.split("|")[1])]
    faults = [f"README.md's table of owners has no {name}" for name in sorted(names)
              if not any(fnmatch.fnmatch(name, pattern) for pattern in listed)]
    return faults + [f"README.md's table of owners has {pattern}, which is in no header"
                     for pattern in listed if not fnmatch.filter(names, pattern)]


def main(arguments):
    """The exit code."""
    source = pathlib.Path(arguments[0])
    headers = {path.name: path.read_text(encoding="utf-8")
               for path in sorted((source / "bridge/include/vitrine").glob("*.h"))}
    types = {name: body for text in headers.values() for name, body in structs(text).items()}
    with_pointers = {name for name, body in types.items() if "*" in body}
    faults = table_faults(set(types), (source / "README.md").read_text(encoding="utf-8"))
    count = 0
    for name, text in headers.items():
        found, functions = function_faults(name, text, with_pointers)
        faults += found
        count += functions
    if not count or not types:
        faults.append("no functions or no types found: the headers are not written as expected")
    print("\n".join(faults) or f"{len(types)} types and {count} functions say who owns what")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
