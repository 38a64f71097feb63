"""Runs a check against the candidate's definitions, in one process.

Standard input brings a nonce on the first line and the check's source after it, so that neither stands in a file
that the candidate could read. Descriptor 3 takes the report: the nonce once the check has run to its end, or what
ended it before. The candidate shares this process, so a determined one can still forge the report or return what
compares equal to anything; what this stops is every way to end early, everything it prints, and what it replaces
among the builtins.
"""
import builtins
import os
import sys
import types


def _run():
    nonce, _, harness = sys.stdin.buffer.read().partition(b"\n")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)

    # What is used once the candidate has run is taken before it, so that nothing it replaces is ours.
    write, leave, run, untrace, unprofile = os.write, os._exit, exec, sys.settrace, sys.setprofile
    names = vars(builtins)
    kept = dict(names)

    def report(text):
        write(3, text)

    # Before anything of the candidate's runs: a check that does not compile is the task's fault.
    try:
        check = compile(harness, "check.py", "exec", dont_inherit=True)
    except BaseException:
        report(b"check does not compile")
        raise

    with open("candidate.py", "rb") as file:
        source = file.read()
    # A module of its own, so that a demonstration under `if __name__ == "__main__"` does not run.
    module = types.ModuleType("candidate")
    module.__file__ = os.path.abspath("candidate.py")
    sys.modules["candidate"] = module
    sys.argv = ["candidate.py"]
    try:
        run(compile(source, "candidate.py", "exec", dont_inherit=True), module.__dict__)
        untrace(None)
        unprofile(None)
        names.update(kept)
        module.__dict__["__builtins__"] = builtins
        # The check is a program of its own: what it keeps under its main guard is the check.
        module.__dict__["__name__"] = "__main__"
        run(check, module.__dict__)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit:
        report(b"exit")
        raise
    except BaseException as error:
        name = "".join(letter if letter.isalnum() or letter == "_" else "?" for letter in type(error).__name__[:80])
        report(b"raise " + name.encode("utf-8", "replace"))
        raise
    report(b"done " + nonce)
    # Threads that the candidate left running must not keep the process.
    leave(0)


_run()
