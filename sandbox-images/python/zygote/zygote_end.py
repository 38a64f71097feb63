"""The end of a forked run without the interpreter's own last steps, where nobody can tell the difference.

At its end an interpreter takes its objects apart one by one. In a fork each object that is touched is a page that must be
copied first, and that costs more than all the rest of a short run. When the last exit function is called, all that is left
to be seen is: files that are still open are written out, and objects with something to do at their end do it. Where no
object is of that kind and the exit code is known to be 0, the files are written out here, and the process just ends.
"""
import os
import sys
from gc import get_objects
from io import IOBase
from re import compile as pattern

# An exit code of its own leaves no trace that could be read here; what C libraries have buffered cannot be seen at all.
TELLING = pattern(rb"[eE]xit|quit|exec|eval|runpy|ctypes|cffi|__del__|weakref|faulthandler|settrace|setprofile|addaudithook")


def is_plain(script):
    """Whether none of the program's own sources says anything that only the interpreter's own end gives."""
    folder = os.path.dirname(script) + "/"
    paths = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    for path in [script] + [path for path in paths if path is not None and path.startswith(folder)]:
        with open(path, "rb") as source:
            if not path.endswith(".py") or TELLING.search(source.read()):
                return False
    return True


def write_out():
    """Writes out what files still hold. False where an object has something else to do at its end."""
    objects = get_objects()  # what the zygote froze is not among them
    files = []
    for kind in {type(one) for one in objects}:
        if issubclass(kind, IOBase):
            if kind.__module__ != "_io":
                return False
            files.append(kind)
        elif hasattr(kind, "__del__"):  # generators, too: they may stand in a block with a finally
            return False
    for one in objects:
        if type(one) in files and not one.closed:
            if one.writable():
                one.flush()
    sys.stdout.flush()
    sys.stderr.flush()
    return True


def end_quickly(script):
    """Ends the process with exit code 0 where that is how it would end; else returns."""
    if hasattr(sys, "last_type") or "__main__" not in sys.modules:
        return  # an exception has been printed
    try:
        if is_plain(script) and write_out():
            os._exit(0)
    except BaseException:
        pass  # the interpreter meets it again, and says so in its own way
