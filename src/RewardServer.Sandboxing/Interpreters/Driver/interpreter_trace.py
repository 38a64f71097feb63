"""What an exception looks like: as IPython prints it, without colours."""
import linecache
import traceback

OURS, CELL = "<interpreter_", "<ipython-input-"  # how the names of our own sources and of cells begin
MOST_FRAMES = 100  # of one exception, from its begin and its end
MOST_TEXT = 100_000  # characters of a message
RULE = "-" * 75


class Cells:
    """How the sources of cells are called: as IPython's terminal calls them, or as a notebook does."""

    def __init__(self):
        self.numbers = {}

    def add(self, name, number, source):
        self.numbers[name] = number
        linecache.cache[name] = (len(source), None, [line + "\n" for line in source.split("\n")], name)

    def place(self, name, line, notebook):
        if notebook and name in self.numbers:
            return "Cell In[%d], line %d" % (self.numbers[name], line)
        return "File %s:%d" % (name, line)


def message(error):
    """Its type and what it says. What it says is the cell's to make: it may fail, or be no text."""
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        text = "<unprintable %s object>" % name
    return name, text[:MOST_TEXT]


def last_line(error):
    name, text = message(error)
    if isinstance(error, SyntaxError):
        text = str(error.msg)[:MOST_TEXT]
    return name + (": " + text if text else "")


def frames(error):
    """Those of the cell and of what it called, but for ours, and for the middle of very many."""
    shown = list(traceback.walk_tb(error.__traceback__))
    names = [frame.f_code.co_filename for frame, _ in shown]
    first = next((at for at, name in enumerate(names) if name.startswith(CELL)), None)
    if first is None and any(name.startswith(OURS) for name in names):
        return []  # it never came to run
    shown = shown[first or 0:]
    return shown if len(shown) <= MOST_FRAMES else shown[:MOST_FRAMES // 2] + [None] + shown[-MOST_FRAMES // 2:]


def chain(error):
    """It and those that led to it, the first of them first, each with what stands between it and the one before."""
    found, seen = [], set()
    while error is not None and id(error) not in seen and len(found) < 20:
        seen.add(id(error))
        if error.__cause__ is not None:
            found.append((error, "The above exception was the direct cause of the following exception:"))
            error = error.__cause__
        elif error.__context__ is not None and not error.__suppress_context__:
            found.append((error, "During handling of the above exception, another exception occurred:"))
            error = error.__context__
        else:
            found.append((error, None))
            break
    found.reverse()
    return [(error, between if at else None) for at, (error, between) in enumerate(found)]


def syntax(error, cells, notebook):
    """Where a source cannot be read."""
    if not isinstance(error, SyntaxError) or not error.filename:
        return []
    lines = ["  " + cells.place(error.filename, error.lineno or 1, notebook)]
    text = error.text or linecache.getline(error.filename, error.lineno or 1)
    if text.strip():
        lines.append("    " + text.strip())
        if error.offset:
            indent = len(text) - len(text.lstrip())
            lines.append("    " + " " * max(0, error.offset - 1 - indent) + "^")
    return lines


def plain(error, cells):
    """With each frame's line."""
    lines = []
    shown = frames(error)
    if shown:
        lines.append("Traceback (most recent call last):")
    for one in shown:
        if one is None:
            lines.append("  ...")
            continue
        frame, line = one
        name = frame.f_code.co_name
        lines.append("  %s%s" % (cells.place(frame.f_code.co_filename, line, False), "" if name == "<module>" else " in " + name))
        source = linecache.getline(frame.f_code.co_filename, line).strip()
        if source:
            lines.append("    " + source)
    return lines + syntax(error, cells, False) + [last_line(error)]


def around(frame, line, cells, notebook):
    """A frame with the lines around its own."""
    code = frame.f_code
    head = cells.place(code.co_filename, line, notebook)
    if code.co_name != "<module>":
        head += ", in %s(%s)" % (code.co_name, ", ".join(code.co_varnames[:code.co_argcount]))
    lines = [head]
    for number in range(max(1, line - 2), line + 3):
        source = linecache.getline(code.co_filename, number).rstrip("\n")
        if number == line:
            lines.append("%s> %d %s" % ("-" * max(1, 5 - len(str(number))), number, source))
        elif source:
            lines.append("%7d %s" % (number, source))
    return "\n".join(lines) + "\n"


def context(error, cells, notebook, first):
    """As blocks: a head, the frames, and what it says."""
    name = type(error).__name__
    head = "%-*s%s" % (75 - 33, name, "Traceback (most recent call last)")
    blocks = ([RULE] if first else []) + ([head] if frames(error) else [])
    blocks += ["..." if one is None else around(*one, cells, notebook) for one in frames(error)]
    return blocks + syntax(error, cells, notebook) + [last_line(error)]


def blocks(error, cells, mode, notebook):
    """All of it, in pieces that each stand on lines of their own."""
    if isinstance(error, SyntaxError) and not frames(error):
        return syntax(error, cells, notebook) + [last_line(error)]
    pieces = []
    for at, (one, between) in enumerate(chain(error)):
        if between:
            pieces += ["", between] + ([] if mode in ("Minimal", "Plain") else [""])
        if mode == "Minimal":
            pieces.append(last_line(one))
        elif mode == "Plain":
            pieces += plain(one, cells)
        else:
            pieces += context(one, cells, notebook, at == 0)
    return pieces
