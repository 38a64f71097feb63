"""Tells whether Python sources are whole, without running them.

The sources stand beside this file, each as a text that nothing can import, in the order of sources.txt: a line with the
text's name and the name that messages use for it. The report on descriptor 3 is `complete`, `truncated` or `malformed`,
and from the second line on the first error.
"""
import os
import warnings

ALLOW_INCOMPLETE_INPUT = 0x4000  # of Python 3.11 and later: an error where the input ends says so


def last_line(source):
    """The number of the last line with anything but white space and comments on it, and its length without them."""
    lines = source.decode("utf-8", "replace").splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return len(lines), len(lines[-1].rstrip()) if lines else 0


def ends_early(source, name, error):
    """Whether an error is only that the source does not go on."""
    if not isinstance(error, SyntaxError):
        return False
    try:
        compile(source, name, "exec", ALLOW_INCOMPLETE_INPUT, True)
    except SyntaxError as again:
        if again.msg == "incomplete input" or type(again).__name__ == "_IncompleteInputError":
            return True
    except (ValueError, MemoryError, RecursionError, OverflowError):
        return False
    line, width = last_line(source)
    if error.msg.startswith(("unterminated string literal", "unterminated f-string literal")):
        return error.msg.endswith("(detected at line %d)" % line)
    return type(error) is SyntaxError and error.lineno == line and (error.offset or 0) > width


def check(source, name):
    """The state of a source and its first error."""
    try:
        compile(source, name, "exec", 0, True)
    except (SyntaxError, ValueError, OverflowError) as error:
        place = "%s, line %s: " % (name, error.lineno) if getattr(error, "lineno", None) else name + ": "
        state = "truncated" if ends_early(source, name, error) else "malformed"
        return state, place + (getattr(error, "msg", None) or str(error))
    except (MemoryError, RecursionError):
        return "malformed", name + ": nests too deeply to be parsed"
    return "complete", ""


def main():
    warnings.simplefilter("ignore")
    state, error = "complete", ""
    with open("sources.txt", encoding="utf-8") as names:
        sources = [line.rstrip("\n").split(" ", 1) for line in names]
    for text, name in sources:
        with open(text, "rb") as file:
            state, error = check(file.read(), name)
        if state != "complete":
            break
    os.write(3, ("%s\n%s" % (state, error[:1000])).encode("utf-8", "replace"))


main()
