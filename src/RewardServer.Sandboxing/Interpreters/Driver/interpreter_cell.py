"""Runs cells one after the other in one namespace, each as IPython would."""
import ast
import builtins
import re
import sys
import types
import zlib

import interpreter_show as show
import interpreter_trace as trace

COROUTINE = 0x80  # inspect.CO_COROUTINE
MOST_DISPLAYS = 1000


class Exit:
    """`exit` and `quit`: of no effect, as in a shell that nobody sits at."""

    def __repr__(self):
        return "<exit>"

    def __call__(self, *_):
        return None


class Shell:
    """The namespace, and what the cell that is running has shown."""

    def __init__(self):
        self.module = types.ModuleType("__main__")
        self.names = vars(self.module)
        self.names.update(__builtins__=builtins, display=self.display, exit=Exit(), quit=Exit())
        sys.modules["__main__"] = self.module
        self.cells = trace.Cells()
        self.count = 0
        self.displays, self.notebook = [], False
        self.loop = None

    def run(self, source, notebook, mode):
        """Runs a cell. Returns whether it failed, what it has displayed, and the error, apart from its outputs, where it is a notebook's."""
        self.displays, self.notebook = [], notebook
        self.count += 1
        try:
            self.execute(source)
            if notebook:
                self.displays += show.figures(sys.modules)
            return {"error": False, "displays": self.displays, "errors": []}
        except SystemExit as error:
            return self.left(error)
        except BaseException as error:
            return self.failed(error, mode)

    def execute(self, source):
        # In a terminal's session that keeps no history every cell is the first.
        number = self.count if self.notebook else 1
        name = "<ipython-input-%d-%012x>" % (number, zlib.crc32(source.encode("utf-8", "replace")))
        source = without_indent(source)
        self.cells.add(name, number, source)
        body, last = parse(source, name)
        if body:
            self.evaluate(compile(ast.Module(body, []), name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
        if last is not None:
            value = self.evaluate(compile(ast.Expression(last), name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
            if value is not None and not (self.notebook and source.rstrip().endswith(";")):
                self.names["_"] = value
                self.show(value)

    def evaluate(self, code):
        if not code.co_flags & COROUTINE:
            return eval(code, self.names)
        import asyncio
        if self.loop is None or self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        return self.loop.run_until_complete(eval(code, self.names))

    def show(self, value):
        if self.notebook:
            self.display(value)
            return
        text = show.pretty(value)
        sys.stdout.write("Out[1]: %s%s\n" % ("\n" if "\n" in text else "", text))

    def display(self, *values):
        """IPython's display(): in every form in a notebook, else as text."""
        for value in values:
            if not self.notebook:
                print(show.pretty(value))
            elif len(self.displays) < MOST_DISPLAYS:
                self.displays.append(show.bundle(value))

    def left(self, error):
        sys.stderr.write("UserWarning: To exit: use 'exit', 'quit', or Ctrl-D.\n")
        if not self.notebook:
            sys.stdout.write("An exception has occurred, use %%tb to see the full traceback.\n%s\n\n" % trace.last_line(error))
        return self.answer(error, [trace.last_line(error)])

    def failed(self, error, mode):
        pieces = trace.blocks(error, self.cells, "Context" if self.notebook else mode, self.notebook)
        if not self.notebook:
            sys.stdout.write("\n".join(pieces) + ("\n\n" if mode in ("Minimal", "Plain") else "\n"))
        return self.answer(error, pieces)

    def answer(self, error, pieces):
        name, text = trace.message(error)
        told = [{"ename": name, "evalue": text, "traceback": pieces}] if self.notebook else []
        return {"error": True, "displays": self.displays, "errors": told}


def without_indent(source):
    """Without the indentation of its first line: models cut cells out of indented text."""
    first = next((line for line in source.split("\n") if line.strip()), "")
    indent = first[:len(first) - len(first.lstrip())]
    if not indent:
        return source
    return "\n".join(line[len(indent):] if line.startswith(indent) else line for line in source.split("\n"))


def parse(source, name):
    """Its statements, and the expression that it ends in, if any."""
    try:
        body = ast.parse(source, name).body
    except SyntaxError:
        # What is no Python may be a shell's or a magic line.
        other = with_lines_for_the_shell(source)
        if other == source:
            raise
        try:
            body = ast.parse(other, name).body
        except SyntaxError:
            other = None
        if other is None:
            raise
    last = body.pop().value if body and isinstance(body[-1], ast.Expr) else None
    return body, last


LINE = re.compile(r"^([ \t]*)([!%])(?!%)(.*)$", re.MULTILINE)


def with_lines_for_the_shell(source):
    """With `!command` and `%pip …` as calls; other magics say that they are not here."""
    def call(found):
        indent, mark, rest = found.groups()
        rest = rest.strip()
        if mark == "%" and rest.split(" ")[0] not in ("pip", "conda"):
            return "%s__import__('interpreter_lines').magic(%r)" % (indent, rest)
        return "%s__import__('interpreter_lines').system(%r)" % (indent, rest)
    return LINE.sub(call, source)
