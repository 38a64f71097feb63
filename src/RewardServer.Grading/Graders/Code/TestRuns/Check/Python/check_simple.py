"""How values of the language's own types are written, by type."""


def write_int(encoder, value):
    if -0x8000000000000000 <= value <= 0x7fffffffffffffff:
        encoder.put(b"i", _pack("<q", value))
    else:
        raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
        encoder.put(b"I", _pack("<I", len(raw)), raw)


def write_str(encoder, value):
    if len(value) > LONG_TEXT and encoder.remember(value):
        return
    raw = value.encode("utf-8", "surrogatepass")
    encoder.put(b"s" if len(value) <= LONG_TEXT else b"Y", _pack("<I", len(raw)), raw)


def write_bytes(encoder, value):
    if len(value) > LONG_TEXT and encoder.remember(value):
        return
    encoder.put(b"b" if len(value) <= LONG_TEXT else b"B", _pack("<I", len(value)), value)


def write_bytearray(encoder, value, remembered=False):
    if remembered or not encoder.remember(value):
        encoder.mutables.append(value)
        encoder.put(b"y", _pack("<I", len(value)), bytes(value))


def numbers(value):
    """The items of a long list of nothing but small whole numbers, or nothing but floats, at the speed of C; else None."""
    kind = type(value[0])
    if kind not in (int, float) or set(map(type, value)) != {kind}:
        return None
    try:
        return _pack("<%d%s" % (len(value), "q" if kind is int else "d"), *value), b"q" if kind is int else b"d"
    except struct.error:
        return None


def sequence(tag, mutable):
    def write(encoder, value, remembered=False):
        if not remembered and encoder.remember(value):
            return None
        if mutable:
            encoder.mutables.append(value)
        count = len(value)
        if count > 8:
            packed = numbers(value)
            if packed is not None:
                encoder.put(b"a", tag, packed[1], _pack("<I", count), packed[0])
                return None
        if not mutable:
            encoder.open.add(id(value))
        encoder.put(tag, _pack("<I", count))
        return iter(list(value)) if mutable else iter(value)
    return write


def write_set(tag, mutable):
    def write(encoder, value, remembered=False):
        if not remembered and encoder.remember(value):
            return None
        if mutable:
            encoder.mutables.append(value)
        encoder.put(tag, _pack("<I", len(value)))
        return iter(list(value))
    return write


def write_dict(encoder, value, remembered=False):
    if not remembered and encoder.remember(value):
        return None
    encoder.mutables.append(value)
    encoder.put(b"D", _pack("<I", len(value)))
    return chain.from_iterable(list(value.items()))


SIMPLE = {
    type(None): lambda e, v: e.put(b"N"),
    bool: lambda e, v: e.put(b"T" if v else b"F"),
    type(Ellipsis): lambda e, v: e.put(b"E"),
    type(NotImplemented): lambda e, v: e.put(b"X"),
    int: write_int,
    float: lambda e, v: e.put(b"d", _pack("<d", v)),
    complex: lambda e, v: e.put(b"c", _pack("<dd", v.real, v.imag)),
    str: write_str,
    bytes: write_bytes,
    bytearray: write_bytearray,
    list: sequence(b"l", True),
    tuple: sequence(b"t", False),
    set: write_set(b"S", True),
    frozenset: write_set(b"Z", False),
    dict: write_dict,
    range: lambda e, v: (e.put(b"r"), iter((v.start, v.stop, v.step)))[1],
    slice: lambda e, v: (e.put(b"L"), iter((v.start, v.stop, v.step)))[1],
}
PLAIN = {
    bool: bool,
    int: int.__int__,
    float: float.__float__,
    complex: complex.__pos__,
    str: str.__str__,
    bytes: lambda v: bytes.__getitem__(v, slice(None)),
    bytearray: lambda v: bytearray.__getitem__(v, slice(None)),
    list: list.copy,
    tuple: lambda v: tuple(tuple.__iter__(v)),
    dict: dict.copy,
    set: lambda v: set(set.__iter__(v)),
    frozenset: lambda v: frozenset(frozenset.__iter__(v)),
}
VIEWS = {type({}.keys()): b"\x01", type({}.values()): b"\x02", type({}.items()): b"\x03"}
BUILTIN_TYPES = set(SIMPLE) | {object, type, enumerate, map, filter, zip, reversed, property, memoryview}
