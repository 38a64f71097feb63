"""Slots whose agent a sanitizer or valgrind watches; which, and of which runner, the command line says."""

import os
import re
import subprocess
import sys
import tempfile

from slot import Attached, Slot

HERE = os.path.dirname(os.path.abspath(__file__))
WATCHER, RUNNER, *FLAWED = sys.argv[1:]
REPORT_BYTES = 64 << 10
# Three ids that nobody else has; those of the server's own are from 0x70000000 on.
HOST_ID = 0x6F000000 + 3 * os.getpid()


def may_map(name):
    with open(f"/proc/self/{name}") as lines:
        return any(int(line.split()[0]) <= HOST_ID and int(line.split()[0]) + int(line.split()[2]) > HOST_ID + 2 for line in lines)


ROOT = os.getuid() == 0 and may_map("uid_map") and may_map("gid_map")


class Watched:
    """A slot whose agent must have done nothing wrong by the time that it ends."""

    def __init__(self, runner=RUNNER, kind=Slot, **settings):
        self.report = tempfile.NamedTemporaryFile(prefix="report-")
        if WATCHER == "asan":
            self.report.truncate(REPORT_BYTES)
            options = "symbolize=0:detect_leaks=0:handle_segv=2:handle_sigbus=2:handle_sigill=2:handle_abort=2"
            command, environment = [runner], {"SANITIZER_REPORT": self.report.name, "ASAN_OPTIONS": options}
        else:
            command = ["valgrind", "-q", f"--suppressions={os.path.dirname(runner)}/valgrind.supp", f"--log-file={self.report.name}", runner]
            environment = {"PATH": os.environ["PATH"]}
        self.slot = kind(command, environment=environment, **settings)

    def found(self):
        with open(self.report.name, "rb") as report:
            text = report.read().rstrip(b"\0").decode(errors="replace")
        for binary, at in set(re.findall(r"\((/[^+()]+)\+(0x[0-9a-f]+)\)", text)):
            where = subprocess.run(["addr2line", "-fse", binary, at], capture_output=True, text=True, check=False).stdout
            text = text.replace(f"({binary}+{at})", where.replace("\n", " "))
        return text

    def __enter__(self):
        return self.slot

    def __exit__(self, kind, error, trace):
        if self.slot.launcher.returncode is None and kind is None:
            code = self.slot.close()
            assert code == 0, f"the launcher ended with {code}"
        else:
            self.slot.abandon()
        found = self.found()
        assert not found, found


def some(rows, step):
    """All of them, but under valgrind, where each takes a second."""
    return rows if WATCHER == "asan" else rows[::step]


def refused(*arguments):
    command = [RUNNER, *arguments] if WATCHER == "asan" else ["valgrind", "-q", RUNNER, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")
