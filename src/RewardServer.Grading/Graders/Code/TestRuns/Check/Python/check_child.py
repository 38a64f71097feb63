"""The candidate's process: it loads the program and does what the check asks of it. It holds nothing of the check's."""
import builtins
import types


def base_value(value):
    base = next(each for each in type(value).__mro__ if each in BASES)
    return PLAIN[base](value)


def equals_a_stranger(value):
    """Whether an object claims to equal one that it cannot know."""
    class Stranger:
        pass
    try:
        answer = type(value).__eq__(value, Stranger())
        return answer is not NotImplemented and bool(answer)
    except Exception:
        return False


def parts_of_signature(value):
    import inspect
    return tuple(
        (each.name, int(each.kind), each.default is not each.empty, each.default if each.default is not each.empty else None)
        for each in inspect.signature(value).parameters.values())


def copied(value, deep):
    import copy
    return copy.deepcopy(value) if deep else copy.copy(value)


def of_dataclass(value, name, arguments, keywords):
    import dataclasses
    return getattr(dataclasses, name)(value, *arguments, **keywords)


class Loop:
    """One event loop for all that the check awaits."""

    def __init__(self):
        self.loop = None

    def wait(self, value):
        import asyncio
        if self.loop is None:
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)

        async def wait():
            return await value
        return self.loop.run_until_complete(wait())


class Program:
    """The candidate's module."""

    def __init__(self, peer):
        self.peer = peer
        # A module of its own, so that a demonstration under `if __name__ == "__main__"` does not run.
        self.module = types.ModuleType("candidate")
        self.builtins = dict(vars(builtins))

    def load(self, _):
        self.module.__file__ = os.path.abspath("candidate.py")
        sys.modules["candidate"] = self.module
        with open("candidate.py", "rb") as file:
            source = file.read()
        exec(compile(source, "candidate.py", "exec", dont_inherit=True), vars(self.module))
        traced = sys.gettrace() or sys.getprofile()
        sys.settrace(None)
        sys.setprofile(None)
        now = vars(builtins)
        if traced or any(now.get(name, self) is not value for name, value in self.builtins.items() if name != "_"):
            self.peer.note("changes the language")
        return tuple(name for name in vars(self.module) if type(name) is str)

    def name(self, _, name):
        """What a top-level name stands for: a module and a thing of the library's by where it is from, else the value."""
        value = vars(self.module)[name]
        if type(value) is types.ModuleType:
            return "module", value.__name__, ""
        module = getattr(value, "__module__", None)
        if type(module) is str and module != "candidate" and getattr(value, "__name__", None) == name and loaded(module, name) is value:
            return "from", module, value
        return "value", "", value

    def member(self, _, module, name):
        return getattr(self.peer.library(module), name)


def serve_program(reading, writing, decoy):
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(decoy, 3)
    os.close(decoy)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.argv = ["candidate.py"]
    sys.path[:] = WHOLE_PATH
    peer = ObjectTable(reading, writing, False, lambda how: os._exit(0))
    program = Program(peer)
    peer.operations = {
        "load": program.load, "name": program.name, "member": program.member,
        "value": base_value, "control": equals_a_stranger, "signature": parts_of_signature, "copy": copied, "dataclass": of_dataclass, "await": lambda value: loop.wait(value),
        "dir": dir, "repr": repr, "class-op": lambda kind, name, *arguments: getattr(type(kind), name)(kind, *arguments),
    }
    loop = Loop()
    # A process that the program forks has no part in the check.
    os.register_at_fork(after_in_child=lambda: (os.close(reading), os.close(writing)))
    while True:
        kind, data = peer.receive()
        if kind != REQUEST:
            os._exit(1)
        peer.serve(data)
