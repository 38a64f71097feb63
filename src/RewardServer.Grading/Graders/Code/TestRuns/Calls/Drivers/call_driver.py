"""Calls a function of the candidate's and tells what became of it, by value.

Standard input brings a nonce on the first line and the arguments after it; descriptor 3 takes the report. What was
expected is not here: whatever the candidate does to this process, it can only say what its result is. What is used once
the candidate has run is taken before it all the same, so that a program that breaks the library it uses is judged by
its result, and one that ends early is told from one that has returned.
"""
import sys

_path, sys.path[:] = sys.path[:], sys.path[1:]  # a file of the candidate's must not come before the library's
import os
import types
from binascii import a2b_base64, b2a_base64
from json import loads
from json.encoder import encode_basestring_ascii

sys.path[:] = _path

MOST_VALUES, DEEPEST, INLINE = 2_000_000, 200, 60_000


class Cannot(Exception):
    """A result that cannot cross."""


class TooLarge(Exception):
    """A result that is over what is kept."""


def decode(form):
    """An argument from its form."""
    if type(form) is list:
        return [decode(one) for one in form]
    if type(form) is not dict:
        return form
    if len(form) != 1 or not next(iter(form)).startswith("$"):
        return {key: decode(value) for key, value in form.items()}
    (name, content), = form.items()
    if name == "$tuple":
        return tuple([decode(one) for one in content])
    if name == "$set":
        return {decode(one) for one in content}
    if name == "$frozenset":
        return frozenset([decode(one) for one in content])
    if name == "$dict":
        return {decode(key): decode(value) for key, value in content}
    if name == "$escape":
        return {key: decode(value) for key, value in content.items()}
    if name == "$float":
        return float(content)
    if name == "$bytes":
        return a2b_base64(content)
    if name == "$complex":
        return complex(*[decode(part) for part in content])
    return make_other(content["type"], content["text"])


def make_other(name, text):
    if name == "decimal.Decimal":
        from decimal import Decimal
        return Decimal(text)
    if name == "fractions.Fraction":
        from fractions import Fraction
        return Fraction(text)
    if name in ("datetime.datetime", "datetime.date", "datetime.time"):
        import datetime
        return getattr(datetime, name[9:]).fromisoformat(text)
    if name == "uuid.UUID":
        from uuid import UUID
        return UUID(text)
    raise ValueError("no argument can be made of type " + name)


PLAIN = {id(kind) for kind in (type(None), bool, int, float, str, bytes, list, tuple, set, frozenset, dict, complex)}
OTHERS = {("decimal", "Decimal"), ("fractions", "Fraction"), ("datetime", "datetime"), ("datetime", "date"), ("datetime", "time"),
          ("datetime", "timedelta"), ("uuid", "UUID")}


class Encoder:
    """Writes a result's form. Of subclasses it reads what their base holds, by the base's own methods."""

    def __init__(self, most, customs):
        self.most, self.customs, self.left, self.size, self.parts, self.samples = most, customs, MOST_VALUES, 0, [], {}

    def add(self, text):
        self.size += len(text)
        if self.size > self.most:
            raise TooLarge
        self.parts.append(text)

    def encode(self, value, depth=0):
        self.left -= 1
        if self.left < 0:
            raise TooLarge
        if depth > DEEPEST:
            raise Cannot("the result is nested more than %d deep, or holds itself" % DEEPEST)
        kind = type(value)
        if id(kind) not in PLAIN:
            self.samples.setdefault(id(kind), value)
        if value is None:
            self.add("null")
        elif kind is bool:
            self.add("true" if value else "false")
        elif issubclass(kind, int):
            self.add(int.__repr__(int.__int__(value)))
        elif issubclass(kind, float):
            self.encode_float(float.__float__(value))
        elif issubclass(kind, str):
            self.add(encode_basestring_ascii(str.__str__(value)))
        elif issubclass(kind, (bytes, bytearray)):
            self.add('{"$bytes":"%s"}' % b2a_base64(bytes(memoryview(value)), newline=False).decode())
        elif issubclass(kind, list):
            self.encode_all("[", list.__iter__(value), "]", depth)
        elif issubclass(kind, tuple):
            self.encode_all('{"$tuple":[', tuple.__iter__(value), "]}", depth)
        elif issubclass(kind, set):
            self.encode_all('{"$set":[', set.__iter__(value), "]}", depth)
        elif issubclass(kind, frozenset):
            self.encode_all('{"$frozenset":[', frozenset.__iter__(value), "]}", depth)
        elif issubclass(kind, dict):
            self.encode_dict(list(dict.items(value)), depth)
        elif issubclass(kind, complex):
            value = complex.__complex__(value)
            self.encode_all('{"$complex":[', iter((value.real, value.imag)), "]}", depth)
        else:
            self.encode_other(kind, value, depth)

    def encode_float(self, value):
        text = float.__repr__(value)
        self.add(text if text[-1] not in "nf" else '{"$float":"%s"}' % text)

    def encode_all(self, start, values, end, depth):
        self.add(start)
        separator = ""
        for value in values:
            self.add(separator)
            self.encode(value, depth + 1)
            separator = ","
        self.add(end)

    def encode_dict(self, entries, depth):
        names = {key for key, _ in entries if type(key) is str}
        plain = len(names) == len(entries)
        escaped = plain and any(name.startswith("$") for name in names)
        start, before, between, after, end = ("{", "", ":", "", "}") if plain else ('{"$dict":[', "[", ",", "]", "]}")
        self.add('{"$escape":{' if escaped else start)
        separator = ""
        for key, value in entries:
            self.add(separator + before)
            self.encode(key, depth + 1)
            self.add(between)
            self.encode(value, depth + 1)
            self.add(after)
            separator = ","
        self.add("}}" if escaped else end)

    def encode_other(self, kind, value, depth):
        if self.customs is not None and kind in self.customs.kinds.values():
            self.encode(self.customs.array_of(value), depth)
        elif (kind.__module__, kind.__name__) in OTHERS:
            self.add('{"$object":{"type":"%s.%s","text":%s}}' % (kind.__module__, kind.__name__, encode_basestring_ascii(str(value))))
        elif kind.__module__ == "num" + "py" and hasattr(kind, "item") and kind.__name__ != "ndarray":
            self.encode(value.item(), depth)
        else:
            name = kind.__qualname__[:80]
            article = "an" if name[:1] in "aeiouAEIOU" else "a"
            raise Cannot("the result %s %s %s, which is no value that can be compared" % ("holds" if depth else "is", article, name))


def is_tampered(samples):
    """Whether one of these objects, each of a type of its own, equals what nothing equals."""
    try:
        return any((one == object()) is True for one in list(samples)[:100])
    except Exception:
        return False


def find(names, function):
    """The function, or method bound to what it is called on; a text where there is none."""
    owner, _, method = function.rpartition(".")
    if not owner and function in names:
        found = names[function]
        return found if callable(found) else "'%s' is not a function" % function
    kind = names.get(owner or "Solution")
    if not hasattr(kind, method):
        return "the program has no function '%s'" % function
    raw = next((vars(base)[method] for base in getattr(kind, "__mro__", ()) if method in vars(base)), None)
    return getattr(kind() if isinstance(raw, types.FunctionType) else kind, method)


def describe(error, loading):
    def quote(text):
        return encode_basestring_ascii(str.__str__(text)[:500])

    def name(kind):
        return quote(kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__))

    kind = type(error)
    try:
        message = quote(str(error))
    except BaseException:
        message = '""'
    return '{"type":%s,"bases":[%s],"message":%s,"loading":%s}' % (
        name(kind), ",".join([name(base) for base in kind.__mro__[1:20]]), message, "true" if loading else "false")


def run(function, candidate, most, customs_of=None):
    nonce, _, form = sys.stdin.buffer.read().partition(b"\n")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    home = os.open(".", os.O_RDONLY)
    write, leave, unlink, create, compiled, show = os.write, os._exit, os.unlink, os.open, compile, sys.excepthook
    untrace, unprofile, set_digits, execute = sys.settrace, sys.setprofile, sys.set_int_max_str_digits, exec
    output, errors = sys.stdout, sys.stderr
    names = __builtins__.__dict__
    kept = dict(names)

    def report(verb, text):
        message = b"%s %s %s" % (verb.encode(), nonce, text.encode("utf-8", "replace"))
        if len(message) > INLINE:
            try:
                unlink(".result", dir_fd=home)
            except FileNotFoundError:
                pass
            file = create(".result", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=home)
            while message:
                message = message[write(file, message):]
            message = b"file " + nonce
        write(3, message)
        for stream in (output, errors):
            try:
                stream.flush()
            except Exception:
                pass
        leave(0)  # threads that the candidate left running must not keep the process, nor what it has registered for its end

    def regain():
        untrace(None)
        unprofile(None)
        set_digits(0)
        names.update(kept)

    digits = sys.get_int_max_str_digits()
    set_digits(0)
    try:
        arguments = decode(loads(form))
    except Exception as error:
        report("argument", str(error))
    set_digits(digits)
    with open(candidate, "rb") as file:
        source = file.read()
    customs = customs_of and customs_of(source)

    # A module of its own, so that a demonstration under `if __name__ == "__main__"` does not run.
    module = types.ModuleType("candidate")
    module.__file__ = os.path.abspath(candidate)
    vars(sys)["modules"]["candidate"] = module
    sys.argv = [candidate]
    space = vars(module)
    if customs is not None:
        space["__builtins__"] = {**customs.names, **names}
    loading = True
    try:
        execute(compiled(source, candidate, "exec", dont_inherit=True), space)
        names.update(kept)
        called = find(space, function)
        if type(called) is str:
            regain()
            report("missing", called)
        if customs is not None:
            arguments = customs.take(called, arguments, space)
        loading = False
        result = called(*arguments)
        if type(result) is types.CoroutineType:
            import asyncio
            result = asyncio.run(result)
        if customs is not None:
            result = customs.give(result)
    except BaseException as error:
        regain()
        trace = error.__traceback__.tb_next
        if not issubclass(type(error), SystemExit):
            show(type(error), BaseException.with_traceback(error, trace), trace)
        if type(error) is TypeError and not loading and trace is None and isinstance(called, (types.FunctionType, types.MethodType)):
            report("missing", "'%s' cannot be called with %d argument%s" % (function, len(arguments), "" if len(arguments) == 1 else "s"))
        report("raise", describe(error, loading))
    regain()
    encoder = Encoder(most, customs)
    try:
        encoder.encode(result)
        verb, text = "value", "".join(encoder.parts)
    except TooLarge:
        verb, text = "large", ""
    except Cannot as reason:
        verb, text = "cannot", str(reason)
    except BaseException as error:
        verb, text = "cannot", "the result cannot be read: " + type(error).__name__
    report(verb + ("!" if is_tampered(encoder.samples.values()) else ""), text)


