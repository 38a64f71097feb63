"""The candidate's names as the check sees them."""
STAND_INS = ("candidate", "solution", "main", "your_module")


class Namespace(dict):
    """The check's globals. What is data of the candidate's is asked for anew each time, for it may have changed."""

    def __init__(self, program):
        super().__init__()
        self._program = program

    def __missing__(self, name):
        return self._program.live(name)


class ProgramView:
    """The candidate's module as the check sees it."""

    def __init__(self, peer, names):
        self.peer = peer
        self.names = frozenset(names)
        self.fixed = {}
        self.data = set()

    def find(self, name):
        if name in self.fixed:
            return self.fixed[name]
        if name not in self.names:
            raise AttributeError(name)
        where, module, value = self.peer.request("name", None, (name,))
        if where == "module":
            value = self.own_module(module, name)
        elif where == "from":
            value = self.own_thing(module, name, value)
        if is_remote(value) or isinstance(value, type) or where != "value":
            self.fixed[name] = value
        else:
            self.data.add(name)
        return value

    def own_module(self, module, name):
        if module.split(".")[0] in SAFE_MODULES:
            return self.peer.library(module)
        return StandIn(name, lambda member: self.peer.request("member", None, (module, member)))

    def own_thing(self, module, name, value):
        found = getattr(self.peer.library(module), name, None) if module.lstrip("_") in SAFE_MODULES - {"os", "sys", "asyncio"} else None
        return value if found is None else found

    def live(self, name):
        if name in self.data:
            return self.find(name)
        raise KeyError(name)


class StandIn(types.ModuleType):
    """A module of the candidate's, for `from solution import f`."""

    def __init__(self, name, find):
        super().__init__(name)
        vars(self)["_find"] = find

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return vars(self)["_find"](name)


def names_for(text, program, prelude):
    """Which of the candidate's names the check sees. It sees the language's own, unless the language's are all it asks for."""
    own = vars(builtins)
    if any(name not in own and name not in prelude for name in text.free):
        return [name for name in text.free if name not in own and name not in prelude]
    return [name for name in text.free if name in program.names and name not in prelude]


def fill(names, text, program, job):
    if job.entry and job.entry not in text.free:
        text.free.append(job.entry)
    for name in names_for(text, program, names):
        if text.is_only_module(name):
            names[name] = program.peer.library(name)
        elif name in program.names:
            value = program.find(name)
            if name not in program.data:
                names[name] = value
    for name in (*STAND_INS, *job.others):
        if name in STAND_INS:
            sys.modules[name] = stand_in = StandIn(name, program.find)
            vars(stand_in).update((each, names[each]) for each in program.fixed if each in names)
        elif name and name not in sys.modules:
            sys.modules[name] = StandIn(name, lambda member, module=name: program.peer.request("member", None, (module, member)))


def lend_dataclasses(peer):
    """The library's functions on dataclasses know fields by identity: for an object of the candidate's they run where it is."""
    import dataclasses

    def lent(name, own):
        def function(value, *arguments, **keywords):
            if is_remote(value) or isinstance(value, ProxyMeta):
                return peer.request("dataclass", value, (name, arguments, keywords))
            return own(value, *arguments, **keywords)
        return function
    for name in ("asdict", "astuple", "fields", "replace"):
        setattr(dataclasses, name, lent(name, getattr(dataclasses, name)))


def name_classes(peer, text, program, of_prompt):
    """The classes that check or prompt name: only with their objects do operators take values of the check's."""
    known = [program.fixed[name] for name in text.free if name in program.fixed]
    for name in of_prompt:
        if name in program.names:
            known.append(program.find(name))
    classes = tuple(each for each in known if isinstance(each, ProxyMeta))
    peer.is_named = lambda kind: issubclass(kind, classes)
