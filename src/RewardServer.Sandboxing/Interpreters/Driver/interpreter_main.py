"""A live interpreter: the first process of a slot's long run. It reads cells from the server and has its child run them.

Two processes, because a cell shares its process with all that could speak for it. The server is spoken to here alone, by
descriptors that no cell has; we are not dumpable, so that no process of our user can read our memory or open them in
/proc, and the sandbox refuses ptrace and its like. What a cell can do: say what it likes of itself, that is its output, its
displays, its error; end itself and its state; end or stop us, for we are of one user, and then the server ends the run. It
cannot say anything of another cell, or make the server wait longer than the cell's time, or read more than what is kept.

Between cells all of the slot's processes but this one are stopped: none takes a processor that it has no turn on.

In: a line of JSON for each cell: {"id", "code", "seconds", "notebook", "traceback", "keep", "most"}. Out: a line of JSON,
{"id", "state", "lost", "fresh", "out": [kept, all], "err": [kept, all], "answer": bytes, "seconds", "status", "starved"}, and
behind it the bytes of both outputs and of the answer. The sources of the other modules stand in the command line.
"""
import sys

# No cell's file may stand for a module of ours: the folder is looked in by the child alone, when its first cell comes.
if "" in sys.path:
    sys.path.remove("")

import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import types  # noqa: E402


def load(names_and_sources):
    for name, source in zip(names_and_sources[::2], names_and_sources[1::2]):
        module = sys.modules[name] = types.ModuleType(name)
        exec(compile(source, "<%s>" % name, "exec"), vars(module))


load(sys.argv[1:])
import interpreter_child as child  # noqa: E402
import interpreter_slot as slot  # noqa: E402


class Interpreter:
    """Answers cells, with a new child where there is none."""

    def __init__(self):
        self.input, self.output = (os.dup(number) for number in (0, 1))
        nothing = os.open("/dev/null", os.O_RDWR)
        for number in (0, 1):
            os.dup2(nothing, number)
        os.close(nothing)
        self.rest = b""
        self.outputs = [child.Output(), child.Output()]
        self.wake, woken = os.pipe()
        for end in (self.wake, woken):
            os.set_blocking(end, False)
        self.ours = [self.input, self.output, self.wake, woken]
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        self.child = None

    def line(self):
        """The server's next line; empty at the end."""
        parts = [self.rest]
        while b"\n" not in parts[-1]:
            some = os.read(self.input, 1 << 16)
            if not some:
                return b""
            parts.append(some)
        line, _, self.rest = b"".join(parts).partition(b"\n")
        return line

    def serve(self):
        while True:
            line = self.line()
            if not line:
                slot.signal_all(signal.SIGKILL)
                os._exit(0)
            self.say(*self.run(json.loads(line)))
            self.rest_between()

    def run(self, cell):
        fresh = self.child is None
        if fresh:
            self.child = child.Child(self.outputs, self.wake, self.ours)
        else:
            slot.signal_all(signal.SIGCONT)
            self.child.forget()
        for output in self.outputs:
            output.begin(cell["keep"])
        asked = {name: cell[name] for name in ("code", "notebook", "traceback", "most")}
        ran, now = self.child, child.time.monotonic()
        state, answer, lost = ran.run(asked, cell["seconds"], cell["most"])
        seconds = child.time.monotonic() - now
        if lost:
            self.end_child()
        for output in self.outputs:
            output.take_rest()
        head = {"id": cell["id"], "state": state, "lost": lost, "fresh": fresh, "answer": len(answer or b""), "seconds": seconds,
                "status": ran.status, "starved": ran.starved and slot.is_overloaded()}
        head.update((name, [output.held, output.total]) for name, output in zip(("out", "err"), self.outputs))
        return head, [*self.outputs[0].kept, *self.outputs[1].kept, answer or b""]

    def say(self, head, parts):
        for part in [json.dumps(head).encode() + b"\n", *parts]:
            part = memoryview(part)
            while part:
                part = part[os.write(self.output, part):]

    def rest_between(self):
        if self.child and not slot.signal_all(signal.SIGSTOP):
            self.end_child()

    def end_child(self):
        gone = self.child.close()
        self.child = None
        if not gone:
            os._exit(75)  # they multiply: the end of the whole run ends them


def main():
    slot.prove_slot()
    slot.set_dumpable(False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.argv[:] = [""]
    Interpreter().serve()


main()
