"""Values on their way out: exact types of the language and its library by value, all else by a handle.

Containers are numbered in the order in which they start, so that what is shared stays shared and a cycle ends. A class
of the candidate's that derives from a type of the language has no say: its base's own methods read it.
"""
import struct
import sys
from itertools import chain

MOST_BYTES = 64 << 20  # of one message
LONG_TEXT = 64
_pack = struct.pack

MUTABLE = (list, dict, set, bytearray)
BASES = (bool, int, float, str, bytes, bytearray, list, tuple, dict, set, frozenset, complex)
COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__")


class Uncrossable(Exception):
    """A value that can be sent neither whole nor as a handle."""


def loaded(module, name):
    found = sys.modules.get(module)
    return getattr(found, name, None) if found is not None else None


def zone(value):
    return value if value is None or type(value) is loaded("datetime", "timezone") else refuse()


def refuse():
    raise Uncrossable


# By module and name: the parts that a value of the library is made from again.
PARTS = {
    ("decimal", "Decimal"): lambda v: (str(v),),
    ("fractions", "Fraction"): lambda v: (v.numerator, v.denominator),
    ("datetime", "date"): lambda v: (v.year, v.month, v.day),
    ("datetime", "time"): lambda v: (v.hour, v.minute, v.second, v.microsecond, zone(v.tzinfo)),
    ("datetime", "datetime"): lambda v: (v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond, zone(v.tzinfo)),
    ("datetime", "timedelta"): lambda v: (v.days, v.seconds, v.microseconds),
    ("datetime", "timezone"): lambda v: (v.utcoffset(None),),
    ("uuid", "UUID"): lambda v: (v.int,),
    ("pathlib", "PosixPath"): lambda v: (str(v),),
    ("pathlib", "PurePosixPath"): lambda v: (str(v),),
    ("array", "array"): lambda v: (v.typecode, v.tobytes()),
}


class Encoder:
    """One message. `known` maps the id of what the other side has already, arguments of its call, to their number there."""

    def __init__(self, peer, known=None):
        self.peer = peer
        self.out = []
        self.size = 0
        self.memo = {}
        self.known = known or {}
        self.kept = []  # what the memo knows by its id must live as long
        self.mutables = []  # in the order in which the other side makes them
        self.open = set()
        self.new_types = []  # described here for the first time

    def put(self, *parts):
        for part in parts:
            self.size += len(part)
        if self.size > MOST_BYTES:
            raise MemoryError("a value of more than %d bytes cannot cross" % MOST_BYTES)
        self.out += parts

    def text(self, value):
        raw = value.encode("utf-8", "surrogatepass")
        self.put(_pack("<I", len(raw)), raw)

    def encode(self, value, by_handle=False):
        """Walks without recursion: a list in a list in a list must end neither side."""
        walk = [iter((value,))]
        closing = [None]
        if by_handle and type(value) not in BASES and not isinstance(value, BaseException):
            self.handle(value)
            return
        while walk:
            for one in walk[-1]:
                inner = self.start(one)
                if inner is not None:
                    walk.append(inner)
                    closing.append(id(one))
                    break
            else:
                walk.pop()
                self.open.discard(closing.pop())

    def remember(self, value):
        """True where the other side has it already, and now is told so."""
        number = self.known.get(id(value))
        if number is not None:
            self.put(b"A", _pack("<I", number))
            return True
        number = self.memo.get(id(value))
        if number is not None:
            if id(value) in self.open:
                raise Uncrossable("a tuple that holds itself")
            self.put(b"R", _pack("<I", number))
            return True
        self.memo[id(value)] = len(self.memo)
        self.kept.append(value)
        return False

    def start(self, value):
        """Writes a value, or the head of a container. Returns an iterator over what follows it, or None."""
        kind = type(value)
        write = SIMPLE.get(kind)
        if write is not None:
            return write(self, value)
        return self.special(value, kind)

    def special(self, value, kind):
        remote = self.peer.remote_of(value)
        if remote is not None:
            self.put(b"h", _pack("<I", remote))
            return None
        key = (kind.__module__, kind.__qualname__)
        if key in PARTS and loaded(*key) is kind:
            parts = PARTS[key](value)
            self.put(b"O")
            self.text(key[0])
            self.text(key[1])
            return iter((tuple(parts),))
        found = self.library(value, kind, key)
        if found is not None:
            return found
        numpy = sys.modules.get("numpy")
        if numpy is not None and (kind is getattr(numpy, "ndarray", None) or isinstance(value, getattr(numpy, "generic", ()))):
            return self.array(numpy, value)
        if isinstance(value, type):
            self.type(value)
        elif isinstance(value, BaseException):
            return self.exception(value)
        elif isinstance(value, BASES) and not self.is_enum(kind):
            return self.derived(value, kind)
        else:
            self.handle(value)
        return None

    def library(self, value, kind, key):
        if key == ("collections", "deque"):
            if self.remember(value):
                return ()
            self.mutables.append(value)
            self.put(b"q", _pack("<I", len(value)))
            return chain((value.maxlen,), value)
        if key == ("collections", "Counter"):
            return self.mapping(b"C", value, ())
        if key == ("collections", "OrderedDict"):
            return self.mapping(b"U", value, ())
        if key == ("collections", "defaultdict"):
            return self.mapping(b"V", value, (value.default_factory,))
        if kind in VIEWS:
            values = list(value)
            self.put(VIEWS[kind], _pack("<I", len(values)))
            return iter(values)
        if key and key[1] in ("builtin_function_or_method", "function") or kind.__name__ == "module":
            return self.named(value)
        return None

    def named(self, value):
        """A function or module of the library's goes from the harness to the candidate by its name, never back."""
        if not self.peer.trusted:
            return None
        if type(value).__name__ == "module":
            module, name = value.__name__, ""
            found = sys.modules.get(module)
        else:
            module, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "")
            found = loaded(module, name)
        if found is not value or module.split(".")[0] not in sys.stdlib_module_names:
            return None
        self.put(b"G")
        self.text(module)
        self.text(name)
        return ()

    def array(self, numpy, value):
        if value.dtype.hasobject or value.dtype.names:
            raise Uncrossable("an array of objects")
        raw = numpy.ascontiguousarray(value)
        self.put(b"n", b"\1" if isinstance(value, numpy.generic) else b"\0")
        self.text(raw.dtype.str)
        return iter((tuple(value.shape), raw.tobytes()))

    def is_enum(self, kind):
        enum = loaded("enum", "EnumMeta")
        return enum is not None and isinstance(kind, enum)

    def derived(self, value, kind):
        """An object of a class that derives from a type of the language."""
        base = next(each for each in kind.__mro__ if each in BASES)
        fields = getattr(kind, "_fields", None) if base is tuple else None
        if not self.peer.trusted and kind.__module__ not in sys.stdlib_module_names:
            above = kind.__mro__[:kind.__mro__.index(base)]
            if any(name in vars(each) for each in above for name in COMPARISONS):
                self.peer.note("compares in its own way")
        if fields is not None and type(fields) is tuple and all(type(each) is str for each in fields):
            if self.remember(value):
                return None
            self.open.add(id(value))
            items = tuple.__getitem__(value, slice(None))
            self.put(b"M")
            self.type(kind)
            self.put(_pack("<I", len(items)))
            return iter(items)
        if self.peer.trusted:  # the harness's own object
            self.handle(value)
            return None
        plain = PLAIN[base](value)
        self.kept.append(plain)
        if base in MUTABLE or base in (tuple, frozenset):
            return None if self.remember(value) else SIMPLE[base](self, plain, True)
        return SIMPLE[base](self, plain)

    def mapping(self, tag, value, before):
        if self.remember(value):
            return ()
        self.mutables.append(value)
        self.put(tag, _pack("<I", dict.__len__(value)))
        return chain(before, chain.from_iterable(list(dict.items(value))))

    def exception(self, value):
        if self.remember(value):
            return None
        self.open.add(id(value))
        self.put(b"e")
        self.type(type(value))
        self.put(_pack("<I", self.peer.export(value) if self.peer.is_own(type(value)) else 0))
        arguments = []
        for each in value.args if type(value.args) is tuple else ():
            arguments.append(each if type(each) in SIMPLE else "%.300s" % (each,) if isinstance(each, BASES) else each)
        return iter((tuple(arguments), self.peer.trace_of(value)))

    def type(self, value, by_name=True):
        """A class: by its name where both sides have it, else described once, and from then on by its number."""
        if self.peer.remote_of(value) is not None:
            self.put(b"h", _pack("<I", self.peer.remote_of(value)))
            return
        module, name = value.__module__, value.__qualname__
        if by_name and is_named(value, module, name, self.peer.trusted):
            self.put(b"g")
            self.text(module)
            self.text(name)
            return
        number = self.peer.export(value)
        if number in self.peer.described:
            self.put(b"k", _pack("<I", number))
            return
        self.peer.described.add(number)
        self.new_types.append(number)
        self.put(b"K", _pack("<I", number))
        self.encode_description(value)

    def encode_description(self, value):
        description = self.peer.describe(value)
        bases = description.pop("bases")
        self.put(_pack("<B", len(bases)))
        for base in bases:
            self.type(base)
        inner = Encoder(self.peer)  # of texts alone
        inner.encode(description)
        raw = b"".join(inner.out)
        self.put(_pack("<I", len(raw)), raw)

    def handle(self, value):
        remote = self.peer.remote_of(value)
        if remote is not None:
            self.put(b"h", _pack("<I", remote))
            return
        if isinstance(value, type):
            return self.type(value)
        number = self.peer.export(value)
        self.put(b"W" if self.peer.is_awaitable(value) else b"H", _pack("<I", number))
        self.type(type(value), False)


def is_named(kind, module, name, trusted):
    """Whether both sides have a class by its name: types of the language, exceptions, and from the harness any of the library."""
    if type(module) is not str or type(name) is not str:
        return False
    if kind in BUILTIN_TYPES:
        return True
    top = module.split(".")[0]
    if trusted:
        return loaded(module, name) is kind and top in sys.stdlib_module_names
    return issubclass(kind, BaseException) and loaded(module, name) is kind and (top == "builtins" or top.lstrip("_") in EXCEPTION_MODULES)
