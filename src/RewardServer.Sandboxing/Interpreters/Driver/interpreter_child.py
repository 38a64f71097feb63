"""The parent's view of its child: how it is started, asked, interrupted and ended."""
import json
import os
import select
import signal
import sys
import time

import interpreter_slot as slot
import interpreter_worker

GRACE = 1.0  # seconds between an interrupt and the end by force
EXTRA = 5.0  # and twice its time: the end of all patience with a machine that is busy with others
CHUNK = 1 << 16
TOKEN = 16  # bytes
HEAD = TOKEN + 4
MOST_AT_END = 4 << 20  # bytes of an output that are taken after the answer, where others go on writing


class Output:
    """What comes of one of the outputs: the first bytes are kept, all are counted."""

    def __init__(self):
        self.end, self.theirs = os.pipe()
        os.set_blocking(self.end, False)
        self.begin(0)

    def begin(self, keep):
        self.keep, self.kept, self.held, self.total = keep, [], 0, 0

    def take(self):
        """Reads some. False where there is nothing now."""
        try:
            some = os.read(self.end, CHUNK)
        except BlockingIOError:
            return False
        self.total += len(some)
        if self.held < self.keep:
            self.kept.append(some[:self.keep - self.held])
            self.held += len(self.kept[-1])
        return bool(some)

    def take_rest(self):
        before = self.total
        while self.total - before < MOST_AT_END and self.take():
            pass


class Child:
    """The process that runs the cells."""

    def __init__(self, outputs, wake, ours):
        self.outputs, self.wake = outputs, wake
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        os.set_blocking(self.commands, False)
        os.set_blocking(self.answers, False)
        self.status, self.starved = None, False
        self.pid = fork()
        if self.pid == 0:
            become_worker(commands, answers, [output.theirs for output in outputs],
                          [*ours, self.commands, self.answers, *(output.end for output in outputs)])
        os.close(commands)
        os.close(answers)

    def close(self):
        """Ends it, and all that the cells have started."""
        gone = slot.signal_all(signal.SIGKILL)
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.status = os.waitpid(self.pid, 0)[1]
        os.close(self.commands)
        os.close(self.answers)
        return gone

    def run(self, cell, seconds, most):
        """Runs a cell. Returns what became of it: "done", "late", "died" or "broken"; its answer, where it gave one; and whether it is gone.

        The answer begins with a token, so that what the cell writes there in its own name is hardly taken for it by mistake.
        """
        self.token = os.urandom(TOKEN // 2).hex().encode()
        command = json.dumps({**cell, "token": self.token.decode()}).encode()
        self.pending, self.heard, self.most = memoryview(len(command).to_bytes(4, "little") + command), bytearray(), most
        self.began, self.waited, self.used = time.monotonic(), slot.waited(self.pid), slot.used()
        self.interrupted, self.starved, self.nonsense = None, False, False
        while True:
            self.look(seconds)
            answer = self.answer()
            if answer is not None:
                return "late" if self.interrupted else "done", answer, False
            if self.status is not None or self.nonsense:
                return "late" if self.interrupted else "broken" if self.nonsense else "died", None, True
            if self.is_over(seconds):
                return "late", None, True

    def is_over(self, seconds):
        """Whether its time is over for good; interrupts it first."""
        now = time.monotonic()
        if self.interrupted:
            return now - self.interrupted >= GRACE
        spent = now - self.began
        if spent < seconds:
            return False
        charged = spent - (slot.waited(self.pid) - self.waited)
        if charged >= seconds or spent >= 2 * seconds + EXTRA:
            # One that stood in its own way, with ever more processes, had much of a processor all the same.
            self.starved = charged < seconds and slot.used() - self.used < spent / 4
            self.interrupted = now
            try:
                os.kill(self.pid, signal.SIGINT)
            except ProcessLookupError:
                pass
        return False

    def look(self, seconds):
        """Waits until something happens, or is to be done, and takes what there is."""
        poll = select.poll()
        for end in (self.wake, self.answers, *(output.end for output in self.outputs)):
            poll.register(end, select.POLLIN)
        if self.pending:
            poll.register(self.commands, select.POLLOUT)
        left = self.began + seconds - time.monotonic() if not self.interrupted else self.interrupted + GRACE - time.monotonic()
        ready = dict(poll.poll(max(10, min(1000, int(left * 1000) + 1))))
        for output in self.outputs:
            if output.end in ready:
                output.take()
        if self.commands in ready:
            self.tell()
        if self.answers in ready:
            self.hear()
        if self.wake in ready:
            os.read(self.wake, 512)
            if self.status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.status = status if pid else None

    def tell(self):
        try:
            self.pending = self.pending[os.write(self.commands, self.pending[:CHUNK]):]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.pending = memoryview(b"")  # it closed its end: its own death, or the end of its time, is seen

    def hear(self):
        try:
            some = os.read(self.answers, CHUNK)
        except BlockingIOError:
            return
        self.heard += some
        if not some:
            time.sleep(0.01)  # nobody holds the other end: its death is seen by its status, or the time is over

    def answer(self):
        """What it answered; None as long as that is not whole."""
        head = bytes(self.heard[:HEAD])
        length = int.from_bytes(head[TOKEN:], "little")
        self.nonsense = not self.token.startswith(head[:TOKEN]) or length > self.most
        if self.nonsense or len(self.heard) < HEAD + length or len(head) < HEAD:
            return None
        return bytes(self.heard[HEAD:HEAD + length])

    def forget(self):
        """Drops what was said that nobody asked for."""
        try:
            while os.read(self.answers, CHUNK):
                pass
        except BlockingIOError:
            pass


def fork():
    """Waits for room, where the processes that were just ended still count."""
    for _ in range(100):
        try:
            return os.fork()
        except BlockingIOError:
            time.sleep(0.05)
    os._exit(75)


def become_worker(commands, answers, outputs, ours):
    """In the child: nothing of the parent's is open here when the first cell comes."""
    try:
        for end in ours:
            os.close(end)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        slot.set_dumpable(True)
        os.setsid()
        sys.path.insert(0, "")
        interpreter_worker.work(commands, answers, outputs)
    except BaseException as error:
        os.write(outputs[1], ("The interpreter failed: %s: %s\n" % (type(error).__name__, error)).encode("utf-8", "replace"))
    finally:
        os._exit(70)
