"""Runs a checker or an interactor that a task brings, and reports its verdict.

The first line of standard input brings a nonce and the role. Descriptor 3 takes the report: the nonce, what kind of
verdict it is, whether the end of the candidate's words had been read before it, its value, and a message. A program that
ends without one was broken. The candidate's output is data here and nothing of the candidate's runs, so the nonce keeps
apart what the driver writes from what a library or a stray print of the checker's might.
"""
import ast
import io
import os
import sys
import types

FUNCTIONS = {"checker": "check", "interactor": "interact"}


class Words(io.FileIO):
    """What the candidate prints, and whether any of it, or its end, was read."""

    begun = ended = False

    def readinto(self, buffer):
        size = super().readinto(buffer)
        self.begun = True
        self.ended = self.ended or size == 0
        return size


def first_line():
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            raise EOFError
        line += byte
    return line.decode("ascii").split()


def text(name):
    with open(name, "rb") as file:
        return file.read().decode("utf-8", "replace")


def defines(tree, name):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return True
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            return True
        if isinstance(node, ast.ImportFrom) and any((to.asname or to.name) == name for to in node.names):
            return True
    return False


def score_of(result):
    message = ""
    if isinstance(result, tuple) and len(result) == 2:
        result, message = result
    if hasattr(result, "item"):
        result = result.item()
    if not isinstance(result, (bool, int, float)):
        raise TypeError("it returned a value of type %s, which is neither a bool nor a number" % type(result).__name__)
    return repr(float(result)), str(message)


def verdict(role, words):
    """The kind of the verdict, its value and its message."""
    function = FUNCTIONS[role]
    try:
        with open(role + ".py", "rb") as file:
            tree = ast.parse(file.read(), role + ".py")
        code = compile(tree, role + ".py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        return "broken", 0, "does not compile: %s" % wrong
    defined = defines(tree, function)
    name = role if defined else "__main__"
    module = sys.modules[name] = types.ModuleType(name)
    module.__file__ = os.path.abspath(role + ".py")
    sys.argv = [role + ".py", "input", "output", "answer"]
    try:
        exec(code, module.__dict__)
        if not defined:
            return "exit", 0, ""
        given = ["input", "answer"] if role == "interactor" else ["input", "output", "answer"]
        return ("score",) + score_of(getattr(module, function)(*map(text, given)))
    except SystemExit as leaving:
        if defined and role == "checker":
            return "broken", 0, "exited before it gave a verdict"
        if isinstance(leaving.code, (int, type(None))):
            return "exit", int(leaving.code or 0), ""
        return "exit", 1, str(leaving.code)
    except EOFError as wrong:
        if words is not None and words.ended:
            return "unread", 0, "it ended, or closed its output"
        return "broken", 0, "raised EOFError: %s" % wrong
    except (ValueError, LookupError) as wrong:
        kind = "unread" if words is not None and words.begun else "broken"
        return kind, 0, "%s%s: %s" % ("" if kind == "unread" else "raised ", type(wrong).__name__, wrong)
    except BaseException as wrong:
        return "broken", 0, "raised %s: %s" % (type(wrong).__name__, wrong)


def run():
    nonce, role = first_line()
    words = None
    if role == "interactor":
        words = Words(0, "r", closefd=False)
        sys.stdin = io.TextIOWrapper(io.BufferedReader(words), encoding="utf-8", errors="replace")
        # Unbuffered: an interactor that forgets to flush must not wait for a candidate that waits for it.
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", errors="replace", write_through=True)
    else:
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        sys.stdin = open(0, encoding="utf-8", closefd=False)

    kind, value, message = verdict(role, words)
    sys.stdout.flush()
    sys.stderr.flush()
    ended = 1 if words is not None and words.ended else 0
    os.write(3, ("%s %s %d %s\n%s" % (nonce, kind, ended, value, message[:1000])).encode("utf-8", "replace"))
    # Threads that it left running must not keep the process.
    os._exit(0)


run()
