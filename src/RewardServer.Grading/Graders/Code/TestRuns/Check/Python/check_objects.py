"""What a side makes of the numbers, classes and exceptions that it is sent, and what it tells of its own."""


def exception_attribute(self, name):
    number = vars(self).get("_handle_")
    if number is None:
        raise AttributeError(name)
    return type(self)._peer_.request("get", Raw(number), (name,))


def exception_text(self):
    number = vars(self).get("_handle_")
    return type(self)._peer_.request("op", Raw(number), ("__str__",)) if number is not None else BaseException.__str__(self)


class ObjectTable(Peer):
    """A peer with what it makes of the numbers that it is sent."""

    def remote_of(self, value):
        if isinstance(value, type):
            return type.__getattribute__(value, "_number_") if isinstance(value, ProxyMeta) and "_number_" in vars(value) else None
        if type(value) is Raw:
            return value.number
        if is_remote(value):
            return value._handle_
        return vars(value).get("_handle_") if isinstance(value, BaseException) else None

    def make_proxy(self, number, kind):
        if type(number) is not int or not isinstance(kind, ProxyMeta) or issubclass(kind, BaseException):
            raise Garbage("an odd object")
        known = self.proxies.get(number)
        found = known() if known is not None else None
        if found is None:
            found = ProxyBase.__new__(kind)
            object.__setattr__(found, "_handle_", number)
            object.__setattr__(found, "_count_", 0)
            self.proxies[number] = ref(found)
        object.__setattr__(found, "_count_", found._count_ + 1)
        return found

    def make_class(self, number, bases, description):
        if {"name": str, "qualname": str, "module": str, "specials": tuple, "valued": bool} != {
                key: type(value) for key, value in description.items() if key not in ("doc", "fields")}:
            raise Garbage("an odd class")
        name = description["name"]
        body = fields_of(self, description)
        if description["fields"]:
            made = self.named_tuple_class(description, body)
        elif any(not issubclass(base, ProxyBase) for base in bases):
            made = self.exception_class(name, bases, body)
        else:
            try:
                made = type.__new__(ProxyMeta, name, tuple(bases) or (ProxyBase,), body)
            except TypeError:
                made = type.__new__(ProxyMeta, name, (ProxyBase,), body)
        type.__setattr__(made, "_number_", number)
        self.classes[number] = made
        return made

    def exception_class(self, name, bases, body):
        bases = tuple(base for base in bases if issubclass(base, BaseException)) or (Exception,)
        body = {key: body[key] for key in ("__doc__", "__module__", "__qualname__", "_peer_", "_specials_", "_valued_")}
        body["__getattr__"] = exception_attribute
        body["__str__"] = exception_text
        try:
            return type.__new__(ProxyMeta, name, bases, body)
        except TypeError:
            return type.__new__(ProxyMeta, name, bases[:1], body)

    def named_tuple_class(self, description, body):
        import collections
        kind = collections.namedtuple(description["name"], description["fields"])
        extra = {key: body[key] for key in ("__doc__", "__module__", "__qualname__", "_peer_", "_specials_")}
        extra["_valued_"] = False
        extra["__getattr__"] = lambda self, name: type(self)._peer_.request("get", self, (name,))
        return type.__new__(ProxyMeta, description["name"], (kind,), dict(extra, __slots__=()))

    def make_named_tuple(self, kind, items):
        fields = getattr(kind, "_fields", None)
        if not issubclass(kind, tuple) or len(fields) != len(items):
            raise Garbage("an odd named tuple")
        return tuple.__new__(kind, items)

    def make_exception(self, kind, arguments, number, trace):
        if not issubclass(kind, BaseException) or type(arguments) is not tuple or type(trace) is not str:
            raise Garbage("an odd exception")
        try:
            made = kind.__new__(kind, *arguments)
            if not isinstance(kind, ProxyMeta):
                kind.__init__(made, *arguments)
            made.args = arguments
        except Exception:
            made = BaseException.__new__(kind, *arguments)
        if number:
            vars(made)["_handle_"] = number
        if trace and hasattr(made, "add_note"):
            made.add_note(trace)
        return made

    def make_awaitable(self, number):
        async def wait():
            return self.request("await", Raw(number))
        return wait()

    def known_class(self, number):
        return self.classes[number]

    def is_awaitable(self, value):
        return not self.trusted and hasattr(type(value), "__await__")

    def overrides(self, kind, name):
        return name in kind._specials_

    def library(self, name):
        module = sys.modules.get(name)
        if module is None:
            __import__(name)
            module = sys.modules[name]
        return module

    def describe(self, kind):
        """What the other side needs to make a class that stands for this one; all its texts are exact ones."""
        own = [each for each in kind.__mro__ if each is not object]
        failing = issubclass(kind, BaseException)
        valued = not failing and any(each in BASES for each in own)
        fields = getattr(kind, "_fields", None) if issubclass(kind, tuple) else None
        specials = {name for each in own if not failing or each.__module__ != "builtins" for name, value in vars(each).items() if name in SPECIALS and value is not None}
        doc = kind.__doc__
        return {
            "name": exact(kind.__name__), "qualname": exact(kind.__qualname__), "module": exact(kind.__module__), "doc": exact(doc) if isinstance(doc, str) else None,
            "specials": tuple(sorted(specials)), "valued": valued,
            "fields": tuple(map(exact, fields)) if type(fields) is tuple and all(isinstance(each, str) for each in fields) else (),
            "bases": [base for base in kind.__bases__ if base is not object and (failing and issubclass(base, BaseException) or self.is_own(base))],
        }

    def is_own(self, kind):
        """Whether a class is worth a description of its own as a base: one of a program's, and no type of the language."""
        return kind not in BASES and type.__module__ is not kind.__module__ and str(kind.__module__).split(".")[0] not in sys.stdlib_module_names


def exact(text):
    return str.__str__(text) if isinstance(text, str) else "?"
