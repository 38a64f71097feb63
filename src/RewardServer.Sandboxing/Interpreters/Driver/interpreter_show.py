"""What a value looks like: as IPython shows it where a cell ends in an expression."""
import collections
import types

WIDTH = 79
MOST_ITEMS = 1000  # of a container; what is over is shown as dots


def sorted_if_possible(items):
    try:
        return sorted(items)
    except Exception:
        return items


def container(value):
    """How it opens and closes, with its items, each a text to stand before a value, and the value; None where it is no container."""
    how = type(value).__repr__
    if how is list.__repr__:
        return "[", "]", [("", item) for item in value[:MOST_ITEMS + 1]]
    if how is tuple.__repr__:
        return "(", ",)" if len(value) == 1 else ")", [("", item) for item in value[:MOST_ITEMS + 1]]
    if how is set.__repr__ and value:
        return "{", "}", [("", item) for item in sorted_if_possible(list(value))]
    if how is frozenset.__repr__ and value:
        return "frozenset({", "})", [("", item) for item in sorted_if_possible(list(value))]
    if how is dict.__repr__:
        return "{", "}", pairs(value)
    if how is collections.Counter.__repr__ and value:
        return "Counter({", "})", pairs(dict(value.most_common()))
    if how is collections.defaultdict.__repr__:
        return "defaultdict(%s, {" % pretty(value.default_factory), "})", pairs(value)
    if how is collections.deque.__repr__ and value.maxlen is None:
        return "deque([", "])", [("", item) for item in list(value)[:MOST_ITEMS + 1]]
    return None


def pairs(mapping):
    return [(one_line(key, WIDTH) or plain(key), item) for key, item in list(mapping.items())[:MOST_ITEMS + 1]]


def plain(value):
    """One that is no container."""
    kind = type(value)
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ == "builtins" else "%s.%s" % (value.__module__, value.__qualname__)
    if kind in (types.FunctionType, types.BuiltinFunctionType):
        return function(value)
    if kind.__repr__ is object.__repr__:
        return "<%s.%s at %#x>" % (kind.__module__, kind.__qualname__, id(value))
    return repr(value)


def function(value):
    import inspect
    name = value.__qualname__ if value.__module__ in (None, "builtins") else "%s.%s" % (value.__module__, value.__qualname__)
    try:
        return "<function %s%s>" % (name, inspect.signature(value))
    except (TypeError, ValueError):
        return "<function %s>" % name


def one_line(value, room, around=()):
    """It in one line; None where it has no room there."""
    if id(value) in around:
        return "..."
    parts = container(value) if len(around) < 50 else None
    if parts is None:
        text = plain(value)
        return text if len(text) <= room and "\n" not in text else None
    opening, closing, items = parts
    if len(items) > MOST_ITEMS:
        return None
    text = opening
    for at, (key, item) in enumerate(items):
        text += (", " if at else "") + (key + ": " if key else "")
        shown = one_line(item, room - len(text), (*around, id(value)))
        if shown is None:
            return None
        text += shown
    text += closing
    return text if len(text) <= room else None


def pretty(value, column=0, after=0, around=()):
    """It in as many lines as it needs. Where a container has no room in one line, each of its items has a line."""
    short = one_line(value, WIDTH - column - after, around)
    if short is not None:
        return short
    parts = container(value) if len(around) < 50 else None
    if parts is None:
        return plain(value)
    opening, closing, items = parts
    inner = column + len(opening)
    lines = []
    for key, item in items[:MOST_ITEMS]:
        before = key + ": " if key else ""
        lines.append(before + pretty(item, inner + len(before), 1, (*around, id(value))))
    if len(items) > MOST_ITEMS:
        lines.append("...")
    return opening + (",\n" + " " * inner).join(lines) + closing


# How an object offers itself in other forms than text; the last ones are bytes.
FORMS = {
    "text/html": "_repr_html_", "text/markdown": "_repr_markdown_", "text/latex": "_repr_latex_", "image/svg+xml": "_repr_svg_",
    "application/json": "_repr_json_", "image/png": "_repr_png_", "image/jpeg": "_repr_jpeg_",
}


def bundle(value):
    """It in every form that it offers, by media type. One whose making fails is left out."""
    forms = {"text/plain": pretty(value)}
    if isinstance(value, type):
        return forms
    for media, name in FORMS.items():
        maker = getattr(type(value), name, None)
        try:
            made = maker(value) if callable(maker) else None
        except Exception:
            continue
        if isinstance(made, tuple):
            made = made[0]  # with metadata
        if isinstance(made, bytes):
            import base64
            made = base64.b64encode(made).decode() + "\n"
        if made is not None:
            forms[media] = made
    return forms


def figures(modules):
    """The figures of matplotlib that a cell has drawn, which are then closed, as a notebook shows them."""
    plots = modules.get("matplotlib.pyplot")
    if plots is None:
        return []
    import base64
    import io
    shown = []
    for number in plots.get_fignums():
        figure, image = plots.figure(number), io.BytesIO()
        figure.savefig(image, format="png", bbox_inches="tight")
        shown.append({"text/plain": repr_of_figure(figure), "image/png": base64.b64encode(image.getvalue()).decode()})
    plots.close("all")
    return shown


def repr_of_figure(figure):
    axes = len(figure.axes)
    width, height = (round(length) for length in figure.get_size_inches() * figure.dpi)
    return "<Figure size %dx%d with %d Axes>" % (width, height, axes)
