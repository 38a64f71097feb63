"""Two processes that call each other: requests and answers over a pair of pipes, one at a time, nested as calls are."""
import os
import sys
from _thread import RLock
from itertools import chain
from operator import is_

DEEPEST = 100  # calls back and forth, one within the other
REQUEST, RETURNED, RAISED, EXITED = b"Q", b"R", b"X", b"Z"


class Raw:
    """Stands for an object of the other side of which nothing but its number is known."""

    def __init__(self, number):
        self.number = number


class Peer:
    """One of the two. `trusted` is the harness's side, which believes nothing that it is told."""

    def __init__(self, reading, writing, trusted, ended):
        self.source = open(reading, "rb", 1 << 16)
        self.writing = writing
        self.trusted = trusted
        self.ended = ended  # called with how the other side ended; does not return
        self.objects = {}  # number -> [object, how often sent]
        self.numbers = {}  # id -> number
        self.next = 1
        self.described = set()
        self.proxies = {}  # number -> weak reference
        self.classes = {}  # number -> class made here
        self.released = []
        self.suspicious = False
        self.depth = 0
        self.lock = RLock()
        self.operations = {}
        self.is_named = lambda kind: True

    # Objects that the other side knows by number.

    def export(self, value):
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = self.next
            self.next += 1
            self.objects[number] = [value, 0]
        self.objects[number][1] += 1
        return number

    def exported(self, number):
        return self.objects[number][0]

    def release(self, pairs):
        for number, count in pairs:
            entry = self.objects[number]
            entry[1] -= count
            if entry[1] <= 0 and number not in self.described:
                del self.objects[number], self.numbers[id(entry[0])]

    def note(self, _):
        self.suspicious = True

    # Frames.

    def send(self, kind, data):
        head = struct.pack("<cBI", kind, self.suspicious, len(data))
        try:
            data = memoryview(head + data)
            while data:
                data = data[os.write(self.writing, data):]
        except BrokenPipeError:
            self.ended("closed")

    def receive(self):
        head = self.source.read(6)
        if len(head) < 6:
            self.ended("closed" if not head else "garbage")
        kind, suspicious, length = struct.unpack("<cBI", head)
        if length > MOST_BYTES + (1 << 20):
            self.ended("garbage")
        data = self.source.read(length)
        if len(data) < length:
            self.ended("closed")
        if self.trusted and suspicious:
            self.suspicious = True
        return kind, data

    # Asking.

    def request(self, operation, target, arguments=(), keywords=None):
        with self.lock:
            if self.depth >= DEEPEST:
                raise RecursionError("too many calls between check and program, one within the other")
            releases, self.released = tuple(self.released), []
            encoder = Encoder(self)
            data = self.pack(encoder, (operation, target, tuple(arguments), keywords or {}, releases))
            self.depth += 1
            try:
                self.send(REQUEST, data)
                return self.answer(operation == "await" or operation == "op" and arguments[0] in ("__next__", "__anext__"), encoder.mutables)
            finally:
                self.depth -= 1

    def pack(self, encoder, *values, by_handle=False):
        try:
            for value in values:
                encoder.encode(value, by_handle)
                by_handle = False
        except BaseException:
            self.described.difference_update(encoder.new_types)
            raise
        return b"".join(encoder.out)

    def answer(self, may_end, mutables):
        while True:
            kind, data = self.receive()
            if kind == REQUEST:
                self.serve(data)
                continue
            value = self.believe(lambda: self.read_answer(kind, data, mutables))
            if kind == RAISED:
                raise self.harmless(may_end, value)
            return value

    def harmless(self, may_end, error):
        """Only `next`, awaited or not, may raise StopIteration: from all else it would end the check's own loop over what it maps, and is an error there."""
        if self.trusted and not may_end and isinstance(error, (StopIteration, StopAsyncIteration)):
            self.note("ends a loop of the check's")
            return RuntimeError("the program raised %s" % type(error).__name__)
        return error

    def believe(self, read):
        """Reads what was sent. What cannot be read ends the check at once: no `except` of the check's may catch it."""
        try:
            return read()
        except (Exception, Garbage):
            if self.trusted:
                self.ended("garbage")
            raise

    def read_answer(self, kind, data, mutables):
        if kind == EXITED:
            self.ended("exit")
        if kind not in (RETURNED, RAISED):
            raise Garbage("an unknown message")
        decoder = Decoder(self, data, mutables)
        value = decoder.decode()
        updates = decoder.whole()
        if type(updates) is not tuple or kind == RAISED and not isinstance(value, BaseException):
            raise Garbage("an odd answer")
        for index, content in updates:
            replace(mutables[index], content)
        return value

    # Answering.

    def serve(self, data):
        decoder = Decoder(self, data)
        operation, target, arguments, keywords = self.believe(lambda: self.read_request(decoder))
        known = {id(each): at for at, each in enumerate(decoder.mutables)}
        before = [snapshot(each) for each in decoder.mutables]
        self.depth += 1
        try:
            if self.depth > 2 * DEEPEST:
                raise RecursionError("too many calls between check and program, one within the other")
            kind, value = RETURNED, self.perform(operation, target, arguments, keywords)
        except SystemExit:
            if self.trusted:
                raise
            self.send(EXITED, b"")
            os._exit(0)
        except Garbage:
            raise
        except BaseException as error:
            kind, value = RAISED, error
        self.depth -= 1
        by_handle = kind == RETURNED and operation == "call" and isinstance(target, type) and self.is_own(type(value)) and not hasattr(type(value), "_fields")
        self.respond(kind, value, decoder.mutables, before, known, by_handle)

    def read_request(self, decoder):
        operation, target, arguments, keywords, releases = decoder.whole()
        self.release(releases)
        return operation, target, arguments, keywords

    def respond(self, kind, value, mutables, before, known, by_handle):
        updates = tuple((at, content(each)) for at, each in enumerate(mutables) if not same(before[at], snapshot(each)))
        try:
            data = self.pack(Encoder(self, known), value, updates, by_handle=by_handle)
        except Uncrossable:
            data = self.pack(Encoder(self, known), value, updates, by_handle=True)
        except Exception as error:
            kind, data = RAISED, self.pack(Encoder(self), error, ())
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass  # the program's own stream: what it does is its own matter
        self.send(kind, data)

    def perform(self, operation, target, arguments, keywords):
        if self.trusted:
            check_wish(self, operation, target, arguments)
        if operation == "call":
            return target(*arguments, **keywords)
        if operation == "op":
            return getattr(type(target), arguments[0])(target, *arguments[1:])
        if operation == "get":
            return getattr(target, *arguments)
        if operation == "set":
            return setattr(target, *arguments)
        if operation == "del":
            return delattr(target, *arguments)
        return self.operations[operation](target, *arguments)

    def trace_of(self, error):
        """Where in the program an exception was raised, for people."""
        lines = []
        trace = error.__traceback__
        while trace is not None and not self.trusted:
            code = trace.tb_frame.f_code
            if not code.co_filename.startswith("<check"):
                lines.append("  File %s, line %s, in %s" % (code.co_filename, trace.tb_lineno, code.co_name))
            trace = trace.tb_next
        return "\n".join(lines[-10:])[-2000:]


def snapshot(value):
    """What an argument holds before a call, to tell afterwards whether it holds other objects."""
    if isinstance(value, bytearray):
        return bytes(value)
    if isinstance(value, set):
        return frozenset(map(id, value))
    return list(chain.from_iterable(dict.items(value))) if isinstance(value, dict) else list(value)


def same(before, now):
    if type(now) is list:
        return len(before) == len(now) and all(map(is_, before, now))
    return before == now


def content(value):
    if isinstance(value, bytearray):
        return bytes(value)
    return tuple(chain.from_iterable(dict.items(value))) if isinstance(value, dict) else tuple(value)


def replace(value, items):
    """Makes an argument what the other side has made of it, as the same object."""
    if isinstance(value, (list, bytearray)):
        value[:] = items
    elif isinstance(value, dict):
        value.clear()
        dict.update(value, zip(items[::2], items[1::2])) if type(value).__name__ != "OrderedDict" else value.update(zip(items[::2], items[1::2]))
    elif isinstance(value, set):
        value.clear()
        value.update(items)
    else:
        value.clear()
        value.extend(items)


HIDDEN = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "func_")


def check_wish(peer, operation, target, arguments):
    """What the candidate may do with what the harness hands it: call it, and use it as the language's operators and plain attributes do."""
    kind = type(target).__name__
    closed = kind in ("module", "frame", "code", "traceback", "cell", "function", "method", "builtin_function_or_method")
    if operation == "call" and callable(target):
        return
    if operation == "op" and arguments and arguments[0] in SPECIALS:
        return
    name = arguments[0] if arguments else None
    if operation in ("get", "set", "del") and type(name) is str and not closed:
        if not name.startswith(HIDDEN) and (operation == "get" or not isinstance(target, type)):
            return
        if operation == "get" and name in ("__name__", "__doc__"):
            return
    if operation == "get" and closed and name in ("__name__", "__doc__"):
        return
    if operation in ("value", "repr", "copy", "signature"):
        return
    if operation == "get":
        raise AttributeError("%r is not for the program" % (name,))
    peer.note("reaches into the check")
    raise TypeError("not for the program")
