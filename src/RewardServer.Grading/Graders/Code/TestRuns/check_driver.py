"""Runs a check against the candidate's definitions, in one process.

Standard input brings a nonce on the first line and the check's source after it, so that neither stands in a file
that the candidate could read. Descriptor 3 takes the report: the nonce once the check has run to its end, or what
ended it before. The candidate shares this process, so a determined one can still forge the report; what this
stops is every way to end early, and everything it prints.
"""
import os
import sys
import types


def _run():
    nonce, _, harness = sys.stdin.buffer.read().partition(b"\n")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    write = os.write

    def report(text):
        write(3, text)

    with open("candidate.py", "rb") as file:
        source = file.read()
    # A module of its own, so that a demonstration under `if __name__ == "__main__"` does not run.
    module = types.ModuleType("candidate")
    module.__file__ = os.path.abspath("candidate.py")
    sys.modules["candidate"] = module
    sys.argv = ["candidate.py"]
    try:
        exec(compile(source, "candidate.py", "exec"), module.__dict__)
        exec(compile(harness, "check.py", "exec"), module.__dict__)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit:
        report(b"exit")
        raise
    except BaseException as error:
        report(b"raise " + type(error).__name__.encode("utf-8", "replace"))
        raise
    report(b"done " + nonce)
    # Threads that the candidate left running must not keep the process.
    os._exit(0)


_run()
