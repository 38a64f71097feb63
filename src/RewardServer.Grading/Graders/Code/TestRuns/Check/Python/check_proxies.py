"""What stands on one side for an object of the other.

An object of the candidate's is never believed to equal a value of the harness's: its `__eq__` is asked only about other
objects of the candidate's, in both directions, and must deny that it equals a stranger. Operators between it and a value
of the harness's work only where harness or prompt name its class: for any other, they would hand the expected value over.
"""
from weakref import ref

UNARY = "__neg__ __pos__ __abs__ __invert__ __int__ __float__ __complex__ __index__ __round__ __trunc__ __floor__ __ceil__ __bool__ __len__ __bytes__ __format__ __fspath__ __iter__ __next__ __reversed__ __call__ __getitem__ __setitem__ __delitem__ __enter__ __exit__ __aiter__ __anext__ __aenter__ __aexit__ __await__ __length_hint__ __missing__ __repr__ __str__".split()
ARITHMETIC = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()
BINARY = ["__%s%s__" % (before, name) for before in ("", "r", "i") for name in ARITHMETIC if (before, name) != ("i", "divmod")]
ORDERING = ["__lt__", "__le__", "__gt__", "__ge__"]
SPECIALS = frozenset(UNARY + BINARY + ORDERING + ["__eq__", "__ne__", "__hash__", "__contains__"])
FUNCTIONS = ("function", "builtin_function_or_method", "method", "method_descriptor", "_lru_cache_wrapper", "partial")
CONTROL = ("control",)
CONSTANT = (bool, int, float, complex, str, bytes)


def owner(value):
    return type(value)._peer_


def ask(value, name, *arguments):
    return owner(value).request("op", value, (name,) + arguments)


def forward(name):
    def special(self, *arguments, **keywords):
        if keywords:
            return owner(self).request("call", self, arguments, keywords)
        return ask(self, name, *arguments)
    special.__name__ = special.__qualname__ = name
    return special


def leaving(name):
    """The end of a `with`: the trace of what was raised in it stays here, and a generator takes none that is not its own process's."""
    def special(self, kind, error, _):
        return ask(self, name, kind, error, None)
    special.__name__ = special.__qualname__ = name
    return special


def call(self, *arguments, **keywords):
    return owner(self).request("call", self, arguments, keywords)


def is_remote(value):
    return isinstance(type(value), ProxyMeta) and not isinstance(value, (tuple, BaseException))


def operator_of(name):
    def special(self, *arguments):
        peer = owner(self)
        if peer.trusted and not all(map(is_remote, arguments)) and not peer.is_named(type(self)):
            if peer.overrides(type(self), name):
                peer.note("an operator of a class that the check does not know")
            return NotImplemented
        return peer.request("op", self, (name,) + arguments)
    special.__name__ = special.__qualname__ = name
    return special


def contains(self, item):
    peer = owner(self)
    if not peer.trusted or is_remote(item) or peer.is_named(type(self)):
        return ask(self, "__contains__", item)
    return any(each is item or each == item for each in self)


def equal(self, other):
    peer = owner(self)
    if not peer.trusted:
        return ask(self, "__eq__", other)
    if not is_remote(other):
        if "__eq__" in type(self)._specials_:
            peer.note("compares in its own way")
        return NotImplemented
    if "__eq__" not in type(self)._specials_ and "__eq__" not in getattr(type(other), "_specials_", ()):
        return self is other
    answers = [each for each in (ask(self, "__eq__", other), ask(other, "__eq__", self)) if each is not NotImplemented]
    if not answers:
        return self is other
    if not all(each is True or not is_remote(each) and bool(each) for each in answers):
        return False
    if any(peer.request("control", each) for each in (self, other) if "__eq__" in type(each)._specials_):
        peer.note("equals everything")
        return False
    return True


def hashed(self):
    return ask(self, "__hash__") if "__hash__" in type(self)._specials_ else object.__hash__(self)


def unequal(self, other):
    answer = type(self).__eq__(self, other)
    return answer if answer is NotImplemented else not answer


def plain(value):
    """What an object holds by its class's base. What cannot change is asked for once: else it could be another at each comparison."""
    if not is_remote(value) or not type(value)._valued_:
        return value
    try:
        return object.__getattribute__(value, "_plain_")
    except AttributeError:
        found = owner(value).request("value", value)
    if type(found) in CONSTANT:
        object.__setattr__(value, "_plain_", found)
    return found


def compared_by_value(name):
    """For objects of a class that derives from a type of the language: their value, read by that type's own methods."""
    def special(self, *others):
        mine = plain(self)
        return getattr(type(mine), name)(mine, *map(plain, others))
    return special


class ProxyMeta(type):
    """Classes of the other side: calling one makes an object there."""

    def __call__(cls, *arguments, **keywords):
        return cls._peer_.request("call", cls, arguments, keywords)

    def __getattr__(cls, name):
        if name.startswith("_") and name.endswith("_") and not name.startswith("__"):
            raise AttributeError(name)
        return cls._peer_.request("get", cls, (name,))

    def __setattr__(cls, name, value):
        cls._peer_.request("set", cls, (name, value))

    def __delattr__(cls, name):
        cls._peer_.request("del", cls, (name,))

    def __iter__(cls):
        return ask_class(cls, "__iter__")

    def __len__(cls):
        return ask_class(cls, "__len__")

    def __bool__(cls):
        return True

    def __getitem__(cls, item):
        return ask_class(cls, "__getitem__", item)

    def __contains__(cls, item):
        return any(each is item or each == item for each in cls)

    def __repr__(cls):
        return cls._peer_.request("repr", cls)


def ask_class(cls, name, *arguments):
    return cls._peer_.request("class-op", cls, (name,) + arguments)


class ProxyBase(metaclass=ProxyMeta):
    """An object of the other side."""

    __slots__ = ("_handle_", "_count_", "_plain_", "__weakref__")
    _peer_ = None
    _specials_ = frozenset()
    _valued_ = False

    def __getattr__(self, name):
        if name == "__signature__":
            return signature(owner(self).request("signature", self))
        if name in ("_handle_", "_count_"):
            raise AttributeError(name)
        return owner(self).request("get", self, (name,))

    def __setattr__(self, name, value):
        owner(self).request("set", self, (name, value))

    def __delattr__(self, name):
        owner(self).request("del", self, (name,))

    def __repr__(self):
        return ask(self, "__repr__")

    def __str__(self):
        return ask(self, "__str__")

    def __copy__(self):
        return owner(self).request("copy", self, (False,))

    def __deepcopy__(self, _):
        return owner(self).request("copy", self, (True,))

    def __reduce_ex__(self, _):
        raise TypeError("an object of the other process")

    def __dir__(self):
        return owner(self).request("dir", self)

    def __del__(self):
        try:
            owner(self).released.append((self._handle_, self._count_))
        except AttributeError:
            pass  # it was never made in full

    __eq__, __ne__, __hash__ = equal, unequal, hashed


FORWARDERS = {name: forward(name) for name in UNARY}
FORWARDERS.update((name, operator_of(name)) for name in BINARY + ORDERING)
FORWARDERS.update({"__call__": call, "__contains__": contains, "__exit__": leaving("__exit__"), "__aexit__": leaving("__aexit__")})
del FORWARDERS["__repr__"], FORWARDERS["__str__"]


def signature(parts):
    import inspect
    parameters = [
        inspect.Parameter(name, inspect._ParameterKind(kind), default=default if given else inspect.Parameter.empty)
        for name, kind, given, default in parts]
    return inspect.Signature(parameters)


def remote_attribute(name):
    return property(lambda self: owner(self).request("get", self, (name,)))


def fields_of(peer, description):
    """The body of a class that stands for one of the other side."""
    specials = frozenset(description["specials"]) & SPECIALS
    name, module = description["name"], description["module"]
    body = {each: FORWARDERS[each] for each in specials if each in FORWARDERS}
    valued = description["valued"]
    if valued:
        body.update((each, compared_by_value(each)) for each in ORDERING + ["__eq__", "__ne__", "__hash__"] if each in specials)
    if "__eq__" in specials and "__hash__" not in specials:
        body["__hash__"] = None
    body.update(__slots__=(), __doc__=description["doc"], __module__=module, __qualname__=description["qualname"],
                _peer_=peer, _specials_=specials, _valued_=valued)
    if module == "builtins" or name in FUNCTIONS:
        real = LANGUAGE_TYPES.get(name)
        if real is not None:
            body["__class__"] = property(lambda self: real)
    if name in FUNCTIONS:
        body["__doc__"], body["__module__"] = remote_attribute("__doc__"), remote_attribute("__module__")
    return body


def language_types():
    def generate():
        yield
    return {each.__name__: each for each in (type(generate), type(generate()), type(len), type([].append), map, filter, zip, enumerate, reversed, type(iter([])), type(iter(())),
                                             type(iter({})), type(iter(set())), type(iter("")), type(iter(range(0))))}


LANGUAGE_TYPES = language_types()
