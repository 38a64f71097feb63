"""Tells whether Python sources are whole, without running them.

The sources stand beside this file, each as a text that nothing can import, in the order of sources.txt: a line with the
text's name and the name that messages use for it. The report on descriptor 3 is `complete`, `truncated` or `malformed`,
and from the second line on the first error.
"""
import keyword
import os
import re
import warnings

ALLOW_INCOMPLETE_INPUT = 0x4000  # of Python 3.11 and later: an error where the input ends says so
ONLY_SYNTAX = 0x400
LONGEST_CUT = 64  # bytes of a word at the end, to be a keyword or number once
OPERATORS = [b"!=", b"->", b":="]
STARTING = [word.encode() for word in keyword.kwlist]
FOLLOWING = [b"and", b"as", b"else", b"for", b"from", b"if", b"import", b"in", b"is", b"not", b"or", b"async"]


def wants_more(source):
    """Whether a parser has taken all of a source and asks for the next token."""
    try:
        compile(source, "", "exec", ALLOW_INCOMPLETE_INPUT, True)
    except SyntaxError as error:
        return error.msg == "incomplete input" or type(error).__name__ == "_IncompleteInputError"
    except (ValueError, MemoryError, RecursionError, OverflowError):
        pass
    return False


def is_syntax(source):
    """Whether what is wrong is no matter of syntax, as a `return` outside of a function is not."""
    try:
        compile(source, "", "exec", ONLY_SYNTAX, True)
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
        return False
    return True


def is_cut(source, error):
    """Whether the source breaks off inside of a token."""
    word = re.search(rb"\w*$|[!:-]$", source[-LONGEST_CUT:]).group()
    before = source[:len(source) - len(word)] + b" \\"
    if word[:1].isdigit():
        return error.msg.startswith("invalid") and error.msg.endswith("literal") and error.lineno == source.count(b"\n") + 1
    starts = not source[source.rfind(b"\n") + 1:len(source) - len(word)].strip()
    whole = OPERATORS + (STARTING if starts else FOLLOWING)
    return bool(word) and any(other.startswith(word) for other in whole) and wants_more(before)


def ends_early(source, error):
    """Whether an error is only that the source does not go on."""
    if not isinstance(error, SyntaxError) or isinstance(error, TabError) or is_syntax(source):
        return False
    end = source.rstrip()
    if error.msg.startswith(("unterminated string literal", "unterminated f-string literal")):
        return error.msg.endswith("(detected at line %d)" % (end.count(b"\n") + 1))
    # A line that is continued and is not there: no token that would end a statement comes in between.
    return wants_more(source) or wants_more(end + b" \\") or (
        not isinstance(error, IndentationError) and is_cut(end, error))


def check(source, name):
    """The state of a source and its first error."""
    try:
        compile(source, name, "exec", 0, True)
    except (SyntaxError, ValueError, OverflowError) as error:
        place = "%s, line %s: " % (name, error.lineno) if getattr(error, "lineno", None) else name + ": "
        state = "truncated" if ends_early(source, error) else "malformed"
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
