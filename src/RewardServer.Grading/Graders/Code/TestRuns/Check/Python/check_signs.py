"""What each sign of a message stands for: how what follows it is read, or what it begins."""


def big(decoder):
    return int.from_bytes(decoder.take(decoder.number()), "little", signed=True)


def short_int(decoder):
    decoder.at += 8
    return _unpack("<q", decoder.data, decoder.at - 8)[0]


def double(decoder):
    decoder.at += 8
    return _unpack("<d", decoder.data, decoder.at - 8)[0]


def deque():
    import collections
    return collections.deque()


def counter():
    import collections
    return collections.Counter()


def ordered():
    import collections
    return collections.OrderedDict()


def defaulting():
    import collections
    return collections.defaultdict()


PENDING = object()
MAKE = {b"l": list, b"S": set, b"D": dict, b"q": deque, b"C": counter, b"U": ordered, b"V": defaulting}
COUNTS = {
    b"l": int, b"t": int, b"S": int, b"Z": int, b"q": lambda count: count + 1, b"D": lambda count: 2 * count,
    b"C": lambda count: 2 * count, b"U": lambda count: 2 * count, b"V": lambda count: 2 * count + 1,
}
VIEW_TAGS = {
    b"\x01": lambda items: dict.fromkeys(items).keys(),
    b"\x02": lambda items: dict(enumerate(items)).values(),
    b"\x03": lambda items: dict(items).items(),
}
READ = {
    b"N": lambda d: None, b"T": lambda d: True, b"F": lambda d: False, b"E": lambda d: Ellipsis, b"X": lambda d: NotImplemented,
    b"i": short_int, b"I": big, b"d": double, b"c": lambda d: complex(*struct.unpack("<dd", d.take(16))),
    b"s": Decoder.text, b"b": lambda d: bytes(d.take(d.number())), b"Y": Decoder.kept_text, b"B": Decoder.kept_bytes, b"y": Decoder.kept_array,
    b"a": Decoder.packed, b"R": Decoder.reference, b"A": Decoder.argument, b"g": Decoder.known_type, b"G": Decoder.named,
    b"K": Decoder.described_type, b"k": lambda d: d.peer.known_class(d.number()), b"h": lambda d: d.peer.exported(d.number()),
    b"H": Decoder.handle, b"W": Decoder.awaitable,
}
BUILTIN_TYPES_BY_NAME = {each.__name__: each for each in BUILTIN_TYPES}
