"""The child that has the cells' state. It shares its process with the cells: what it says is only what they let it say."""
import json
import io
import os
import signal
import sys

import interpreter_cell

def receive(commands):
    """The next cell; None at the end."""
    head = read(commands, 4)
    body = read(commands, int.from_bytes(head, "little")) if head else None
    return json.loads(body) if body else None


def read(descriptor, length):
    parts = bytearray()
    while len(parts) < length:
        part = os.read(descriptor, length - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


def send(answers, token, answer, most):
    """Answers. What is too large goes without its displays."""
    text = encode(answer)
    if len(text) > most:
        note = "<%d bytes of displays are more than the %d that are kept>" % (len(text), most)
        text = encode({**answer, "displays": [{"text/plain": note}], "errors": answer["errors"]})
    if len(text) > most:
        text = encode({"error": answer["error"], "displays": [], "errors": []})
    text = token.encode() + len(text).to_bytes(4, "little") + text
    while text:
        text = text[os.write(answers, text):]


def encode(answer):
    try:
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False, default=repr, skipkeys=True)
    except (ValueError, RecursionError):
        plain = [{"text/plain": one.get("text/plain", "")} for one in answer["displays"]]
        text = json.dumps({**answer, "displays": plain}, ensure_ascii=False)
    return text.encode("utf-8", "replace")


class Streams:
    """The three standard streams, as each cell finds them, whatever the one before did to them."""

    def __init__(self, outputs):
        self.outputs = outputs
        self.renew()

    def renew(self):
        nothing = os.open("/dev/null", os.O_RDONLY)
        os.dup2(nothing, 0)
        if nothing != 0:
            os.close(nothing)
        for number, output in enumerate(self.outputs, 1):
            os.dup2(output, number)
        sys.stdin = sys.__stdin__ = open(0, "r", encoding="utf-8", closefd=False)
        sys.stdout = sys.__stdout__ = self.writer(1)
        sys.stderr = sys.__stderr__ = self.writer(2)

    @staticmethod
    def writer(number):
        # By lines, so that what was printed is there when a cell is ended by force.
        raw = io.open(number, "wb", -1, None, None, None, False)
        return io.TextIOWrapper(raw, "utf-8", "backslashreplace", line_buffering=True)

    @staticmethod
    def flush():
        import ctypes
        for stream in {sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__}:
            try:
                stream.flush()
            except Exception:
                pass  # the cell closed it, or put something else there
        ctypes.CDLL(None).fflush(None)


def work(commands, answers, outputs):
    """Runs cells until nobody asks for one."""
    own = os.getpid()
    streams = Streams(outputs)
    shell = interpreter_cell.Shell()
    while True:
        cell = receive(commands)
        if cell is None:
            os._exit(0)
        streams.renew()
        answer = interrupted = {"error": True, "displays": [], "errors": []}
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            answer = shell.run(cell["code"], cell["notebook"], cell["traceback"])
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            streams.flush()
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            answer = interrupted
            streams.flush()
        if os.getpid() != own:
            os._exit(0)  # a fork of a cell's that came back from it
        send(answers, cell["token"], answer, cell["most"])
