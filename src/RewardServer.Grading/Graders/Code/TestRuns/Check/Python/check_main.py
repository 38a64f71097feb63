"""Runs a check against a candidate's program, in two processes.

This one holds the check, and the candidate never runs in it. The other is forked before the check has been read, loads
the program and answers over two pipes. Standard input brings the check, which stands in no file; descriptor 3 takes the
report, whose nonce comes only after the check has run to its end. Neither process can be looked into by the other.
"""
ENDINGS = (4, 6, 7, 8, 11)  # signals by which programs end that fail of themselves
NEVER_RUN = 0x20 | 0x80 | 0x200  # the flags of generators and coroutines: calling such a function runs nothing of it


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
        self.has_prelude_check = False


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


def run_styled(job, check, names, reporter):
    if job.style == "script":
        names["__name__"] = "__main__"
        # One of the candidate's, or of the prompt's, is not the test's.
        before = None if job.has_prelude_check else names.get("check")
        exec(check, names)
        called = names.get("check")
        if job.entry and called is not None and called is not before:
            called(names[job.entry])
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
    if "dataclasses" in text.source:
        lend_dataclasses(peer)
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
    missing = missing_package(job.harness)
    if missing is not None:
        reporter.finish("no package " + missing)
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
    if job.style == "script" and job.entry:
        job.has_prelude_check = prelude is not None and "check" in names
        lack = lack_of(check, text, job)
        if lack is not None:
            reporter.finish(lack)
    return check, text, names, of_prompt


def lack_of(check, text, job):
    """Why a check with an entry point would pass whatever it is handed: told by its text alone, since it is the task's fault, whoever the candidate is."""
    if "check" in text.made:
        codes = [each for each in check.co_consts if isinstance(each, types.CodeType) and each.co_name == "check"]
        return "check is never run" if codes and codes[-1].co_flags & NEVER_RUN else None
    return None if job.has_prelude_check or text.tries({job.entry, *STAND_INS}) else "check has no check"


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
