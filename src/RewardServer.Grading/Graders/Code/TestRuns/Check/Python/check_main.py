"""Runs a check against a candidate's program, in two processes.

This one holds the check, and the candidate never runs in it. The other is forked before the check has been read, loads
the program and answers over two pipes. Standard input brings the check, which stands in no file; descriptor 3 takes the
report, whose nonce comes only after the check has run to its end. Neither process can be looked into by the other.
"""
STAND_INS = ("candidate", "solution", "main", "your_module")
ENDINGS = (4, 6, 7, 8, 11)  # signals by which programs end that fail of themselves


class Job:
    """What standard input brings."""

    def __init__(self, data):
        head, _, rest = data.partition(b"\n")
        self.nonce, self.style, entry, *lengths = head.decode().split(" ")
        self.entry = entry if entry != "-" else None
        parts = []
        for length in map(int, lengths):
            parts.append(rest[:length] if length >= 0 else None)
            rest = rest[max(length, 0):]
        self.harness, self.prelude, self.prompt, others = parts
        self.others = others.decode().split("\n")


def is_open():
    """Whether this process can be looked into by others of its user."""
    try:
        return os.stat("/proc/self").st_uid == os.getuid()
    except OSError:
        return True


def protect():
    """A fork of the zygote has changed its user, and so is closed; a fresh interpreter closes itself."""
    if is_open():
        import ctypes
        prctl = ctypes.CDLL(None).prctl
        if prctl(4, 0, 0, 0, 0) != 0 or prctl(3, 0, 0, 0, 0) != 0:
            raise RuntimeError("the check's process can be looked into")
        return lambda: prctl(4, 1, 0, 0, 0)  # the candidate's process may look into itself
    return lambda: None


class Reporter:
    """Writes the report, once, and ends the process."""

    def __init__(self):
        self.integrity = "separate"
        self.peer = None
        self.child = 0
        self.decoy = None
        self.write, self.leave = os.write, os._exit

    def is_forged(self):
        """Whether the candidate wrote where it took the report to be: its descriptor 3 leads here."""
        try:
            return self.decoy is not None and len(os.read(self.decoy, 1)) > 0
        except BlockingIOError:
            return False

    def finish(self, verdict, code=1):
        if self.is_forged():
            verdict, code = "garbage", 1
        suspicious = self.peer is not None and self.peer.suspicious
        self.write(3, ("%s\n%s\n%s" % (verdict, self.integrity, "suspicious" if suspicious else "")).encode("utf-8", "replace"))
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        self.leave(code)

    def raised(self, error, before=""):
        name = "".join(letter if letter.isalnum() or letter == "_" else "?" for letter in type(error).__name__[:80])
        print_error(error)
        self.finish("%s %s" % (before or "raise", name))

    def ended(self, how):
        """The other process is no more, or says what it must not."""
        if how == "garbage":
            self.finish("garbage")
        if how == "closed":
            _, status = os.waitpid(self.child, 0)
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) in ENDINGS:
                self.finish("signal %d" % os.WTERMSIG(status))
        self.finish("exit")


def print_error(error):
    try:
        sys.stdout.flush()
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception:
        pass  # for people alone


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


def name_classes(peer, text, program, of_prompt):
    """The classes that check or prompt name: only with their objects do operators take values of the check's."""
    known = [program.fixed[name] for name in text.free if name in program.fixed]
    for name in of_prompt:
        if name in program.names:
            known.append(program.find(name))
    classes = tuple(each for each in known if isinstance(each, ProxyMeta))
    peer.is_named = lambda kind: issubclass(kind, classes)


def run_styled(job, check, names, reporter):
    if job.style == "script":
        names["__name__"] = "__main__"
        exec(check, names)
        if job.entry and "check" in names:
            names["check"](names[job.entry])
        return
    names["__name__"] = "check"
    module = types.ModuleType("check")
    sys.modules["check"] = module
    exec(check, names)
    vars(module).update(names)
    failure = (run_pytest if job.style == "pytest" else run_unittest)(module)
    if failure:
        reporter.finish(failure)


def run_separate(job, check, text, prelude, of_prompt, peer, reporter):
    try:
        program = ProgramView(peer, peer.request("load", None))
    except Exception as error:
        reporter.raised(error, "load")
    names = Namespace(program)
    names.update(prelude)
    fill(names, text, program, job)
    name_classes(peer, text, program, of_prompt)
    run_styled(job, check, names, reporter)


def read_check(job, reporter):
    """The check, compiled, with what stands around it. A check that does not compile is the task's fault, whoever the candidate is."""
    names = {}
    try:
        check = compile(job.harness, "check.py", "exec", dont_inherit=True)
        text = Text(job.harness.decode("utf-8", "surrogatepass"))
        prelude = None if job.prelude is None else compile(job.prelude, "prelude.py", "exec", dont_inherit=True)
    except BaseException as error:
        print_error(error)
        reporter.finish("check does not compile")
    if job.style == "script" and "unittest.main(" in text.source:
        job.style = "unittest"
    if job.style != "script" and not re.search(r"\bdef\s+(test|runTest)", text.source):
        reporter.finish("check has no test")
    if job.style == "pytest" and not has_pytest():
        reporter.finish("no pytest")
    of_prompt = set()
    try:
        if prelude is not None:
            exec(prelude, names)
        elif job.prompt:
            statements, of_prompt = prelude_of(job.prompt.decode("utf-8", "replace"), text, job.entry)
            run_prelude(statements, names)
    except BaseException as error:
        print_error(error)
        reporter.finish("prelude does not run")
    return check, text, names, of_prompt


def main():
    reporter = Reporter()
    try:
        sys.dont_write_bytecode = True
        reopen = protect()
        ours, theirs, decoy = os.pipe(), os.pipe(), os.pipe()
        child = os.fork()
    except BaseException as error:
        print_error(error)
        reporter.finish("driver failed")
    if child == 0:
        try:
            os.close(ours[0])
            os.close(theirs[1])
            reopen()
            serve_program(theirs[0], ours[1], decoy[1])
        except BaseException as error:
            print_error(error)
        finally:
            os._exit(1)
    os.close(ours[1])
    os.close(theirs[0])
    os.close(decoy[1])
    os.set_blocking(decoy[0], False)
    reporter.decoy = decoy[0]
    job = Job(sys.stdin.buffer.read())
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.argv = ["candidate.py"]
    import _signal
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    reporter.child = child
    reporter.peer = peer = ObjectTable(ours[0], theirs[1], True, reporter.ended)
    check, text, prelude, of_prompt = read_check(job, reporter)
    try:
        if text.must_share(set(vars(builtins)) | set(prelude)):
            os.kill(child, 9)
            os.waitpid(child, 0)
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
            reporter.integrity, reporter.peer = "shared", None
            run_shared(job, check, prelude, reporter)
        else:
            run_separate(job, check, text, prelude, of_prompt, peer, reporter)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit:
        reporter.finish("exit")
    except Garbage:
        reporter.finish("garbage")
    except BaseException as error:
        reporter.raised(error)
    reporter.finish("done " + job.nonce, 0)


main()
