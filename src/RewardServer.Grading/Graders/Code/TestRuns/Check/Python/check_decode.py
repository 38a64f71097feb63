"""Values on their way in. What comes from the candidate is read strictly: what is not as it must be ends the check."""
import struct
import sys
from builtins import __dict__ as BUILTINS

_unpack = struct.unpack_from
# Where the library's own exceptions may come from; nothing else of a module is ever named by the candidate.
EXCEPTION_MODULES = ("asyncio", "ast", "enum", "getopt", "graphlib", "ipaddress", "pickle", "socket", "ssl", "tomllib", "urllib", "xml", "array", "locale", "calendar", "binascii", "concurrent", "configparser", "copy", "csv", "ctypes", "dataclasses", "decimal", "email", "json", "queue", "re", "sre_constants", "shutil",
                     "statistics", "struct", "subprocess", "zipfile", "zlib")
PART_TYPES = {
    ("decimal", "Decimal"): (str,), ("fractions", "Fraction"): (int, int), ("datetime", "date"): (int,) * 3,
    ("datetime", "time"): (int, int, int, int, None), ("datetime", "datetime"): (int,) * 7 + (None,), ("datetime", "timedelta"): (int,) * 3,
    ("datetime", "timezone"): (None,), ("uuid", "UUID"): (int,), ("pathlib", "PosixPath"): (str,), ("pathlib", "PurePosixPath"): (str,),
    ("array", "array"): (str, bytes),
}


class Garbage(BaseException):
    """What no honest side sends."""


class Decoder:
    """One message. `known` are the objects that the sender may name by their number: the arguments that it was sent."""

    def __init__(self, peer, data, known=()):
        self.peer = peer
        self.data = data
        self.at = 0
        self.known = known
        self.memo = []
        self.mutables = []

    def take(self, count):
        start, self.at = self.at, self.at + count
        if self.at > len(self.data):
            raise Garbage("cut off")
        return self.data[start:self.at]

    def number(self):
        self.at += 4
        return _unpack("<I", self.data, self.at - 4)[0]

    def text(self):
        return self.take(self.number()).decode("utf-8", "surrogatepass")

    def whole(self):
        value = self.decode()
        if self.at != len(self.data):
            raise Garbage("more than was said")
        return value

    def decode(self):
        stack = []
        while True:
            tag = self.take(1)
            read = READ.get(tag)
            if read is not None:
                value = read(self)
            else:
                frame = self.begin(tag)
                if frame[1]:
                    stack.append(frame)
                    continue
                value = self.finish(frame)
            while stack:
                frame = stack[-1]
                frame[2].append(value)
                if len(frame[2]) < frame[1]:
                    break
                value = self.finish(stack.pop())
            else:
                return value

    def slot(self, value=None):
        self.memo.append(value)
        return len(self.memo) - 1

    def begin(self, tag):
        """A container: its tag, how many items follow, those read, its place in the memo, and what it is made with."""
        extra = None
        if tag in (b"r", b"L"):
            return [tag, 3, [], None, None]
        if tag == b"O":
            return [tag, 1, [], None, (self.text(), self.text())]
        if tag == b"n":
            return [tag, 2, [], None, (self.take(1), self.text())]
        if tag in VIEW_TAGS:
            return [tag, self.count(), [], None, None]
        if tag == b"e":
            place = self.slot(PENDING)
            return [tag, 2, [], place, (self.type(), self.number())]
        if tag == b"M":
            place = self.slot(PENDING)
            extra = self.type()
            return [tag, self.count(), [], place, extra]
        if tag not in COUNTS:
            raise Garbage("an unknown sign")
        place = self.slot(PENDING)
        count = self.count()
        make = MAKE.get(tag)
        if make is not None:
            self.memo[place] = make()
            self.mutables.append(self.memo[place])
        return [tag, COUNTS[tag](count), [], place, None]

    def count(self):
        count = self.number()
        if count > len(self.data):
            raise Garbage("more items than bytes")
        return count

    def finish(self, frame):
        tag, _, items, place, extra = frame
        if tag == b"l":
            self.memo[place].extend(items)
            return self.memo[place]
        if tag == b"t":
            value = tuple(items)
        elif tag == b"D" or tag in (b"C", b"U"):
            value = self.memo[place]
            dict.update(value, zip(items[::2], items[1::2])) if tag != b"U" else value.update(zip(items[::2], items[1::2]))
        elif tag == b"S":
            value = self.memo[place]
            value.update(items)
        elif tag == b"Z":
            value = frozenset(items)
        elif tag == b"r":
            value = range(*items)
        elif tag == b"L":
            value = slice(*items)
        elif tag == b"O":
            return self.assemble(extra, items[0])
        elif tag == b"n":
            return self.array(extra, *items)
        elif tag in VIEW_TAGS:
            return VIEW_TAGS[tag](items)
        elif tag == b"q":
            value = self.memo[place]
            if items[0] is not None:
                index = next(at for at, each in enumerate(self.mutables) if each is value)
                value = type(value)(maxlen=items[0])
                self.memo[place] = self.mutables[index] = value
            value.extend(items[1:])
        elif tag == b"V":
            value = self.memo[place]
            value.default_factory = items[0]
            dict.update(value, zip(items[1::2], items[2::2]))
        elif tag == b"e":
            value = self.peer.make_exception(extra[0], items[0], extra[1], items[1])
        elif tag == b"M":
            value = self.peer.make_named_tuple(extra, items)
        else:
            raise Garbage("an unknown sign")
        if place is not None:
            self.memo[place] = value
        return value

    def assemble(self, key, parts):
        kinds = PART_TYPES[key]
        if type(parts) is not tuple or len(parts) != len(kinds):
            raise Garbage("odd parts")
        for part, kind in zip(parts, kinds):
            if kind is not None and type(part) is not kind or kind is None and part is not None and type(part).__module__ != "datetime":
                raise Garbage("odd parts")
        module = self.peer.library(key[0])
        if key == ("uuid", "UUID"):
            return module.UUID(int=parts[0])
        return getattr(module, key[1])(*parts)

    def array(self, extra, shape, raw):
        scalar, kind = extra
        numpy = self.peer.library("numpy")
        kind = numpy.dtype(kind)
        if kind.hasobject or type(raw) is not bytes or type(shape) is not tuple or any(type(each) is not int for each in shape):
            raise Garbage("an odd array")
        value = numpy.frombuffer(raw, kind).reshape(shape).copy()
        return value[()] if scalar == b"\1" else value

    def packed(self):
        tag, kind = self.take(1), self.take(1)
        if tag not in (b"l", b"t") or kind not in (b"q", b"d"):
            raise Garbage("an unknown sign")
        count = self.count()
        values = struct.unpack("<%d%s" % (count, kind.decode()), self.take(8 * count))
        if tag == b"l":
            values = list(values)
            self.mutables.append(values)
        self.slot(values)
        return values

    def reference(self):
        value = self.memo[self.number()]
        if value is PENDING:
            raise Garbage("what holds itself")
        return value

    def argument(self):
        return self.known[self.number()]

    def kept_text(self):
        value = self.text()
        self.slot(value)
        return value

    def kept_bytes(self):
        value = bytes(self.take(self.number()))
        self.slot(value)
        return value

    def kept_array(self):
        value = bytearray(self.take(self.number()))
        self.mutables.append(value)
        self.slot(value)
        return value

    def type(self):
        tag = self.take(1)
        if tag not in (b"g", b"k", b"K", b"h"):
            raise Garbage("no class where one must be")
        value = READ[tag](self)
        if not isinstance(value, type):
            raise Garbage("no class where one must be")
        return value

    def known_type(self):
        module, name = self.text(), self.text()
        if self.peer.trusted:
            if module == "builtins":
                found = BUILTINS.get(name) or BUILTIN_TYPES_BY_NAME.get(name)
            elif module.split(".")[0].lstrip("_") in EXCEPTION_MODULES:
                found = getattr(self.peer.library(module), name, None)
            else:
                found = None
            if not isinstance(found, type) or found not in BUILTIN_TYPES and not issubclass(found, BaseException):
                raise Garbage("no class that may be named")
            return found
        return self.by_name(module, name)

    def named(self):
        module, name = self.text(), self.text()
        if self.peer.trusted:
            raise Garbage("a name that the candidate must not give")
        return self.by_name(module, name)

    def by_name(self, module, name):
        found = BUILTIN_TYPES_BY_NAME.get(name) if module == "builtins" else None
        if found is not None:
            return found
        found = self.peer.library(module)
        for part in name.split(".") if name else ():
            found = getattr(found, part)
        return found

    def described_type(self):
        number = self.number()
        bases = [self.type() for _ in range(self.take(1)[0])]
        inner = Decoder(self.peer, self.take(self.number()))
        return self.peer.make_class(number, bases, inner.whole())

    def handle(self):
        number = self.number()
        return self.peer.make_proxy(number, self.type())

    def awaitable(self):
        number = self.number()
        self.type()
        return self.peer.make_awaitable(number)
