"""A slot as the server sees it: starts the runner and speaks the agent's protocol (../README.md)."""

import os
import select
import socket
import struct
import subprocess
import tempfile
import time

RUN, CANCEL, CGROUP, INPUT, HELLO, OUTPUT, DONE, BROKEN, FILE, TAKEN = 1, 2, 3, 4, 16, 17, 18, 19, 20, 21
REPORT, KEEP, RESIDENT, STREAM = 1, 2, 4, 16
ENDED, CPU_LIMIT, WALL_LIMIT, CANCELLED, STARVED, MEMORY_LIMIT, OUTPUT_LIMIT = range(7)
WINDOW = 64 << 10


class Broken(Exception):
    """What the agent said before it ended, or that it ended without a word."""


def text(value):
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<I", len(value) + 1) + value + b"\0"


def texts(values):
    return struct.pack("<I", len(values)) + b"".join(text(value) for value in values)


def frame(kind, payload):
    return struct.pack("<IB", len(payload), kind) + payload


def request(argv, *, id=1, flags=0, cpu=20.0, wall=20.0, memory=1 << 49, file_bytes=64 << 20, output=1 << 20,
            processes=64, open_files=256, env=(), files=(), outputs=(), most_outputs=16 << 20, stdin=b""):
    """The payload of a run; files are (path, bytes, executable). A sanitizer needs all the address space there is."""
    head = struct.pack("<IIQQQQQII", id, flags, int(cpu * 1e6), int(wall * 1e6), memory, file_bytes, output, processes, open_files)
    body = texts(argv) + texts(list(env)) + struct.pack("<I", len(files))
    for path, content, executable in files:
        body += text(path) + struct.pack("<IQ", executable, len(content)) + content
    return head + body + texts(list(outputs)) + struct.pack("<QQ", most_outputs, len(stdin)) + stdin


class Result:
    """What the agent said of one run."""

    def __init__(self):
        self.streams = [b"", b"", b""]
        self.taken = 0
        self.ended = False  # whether it was told that nothing more comes of standard output
        self.files = {}

    def finish(self, payload):
        self.id, self.cause, self.status = struct.unpack_from("<III", payload)
        (self.user_us, self.system_us, self.wall_us, self.peak, self.out_bytes, self.err_bytes, self.oom_kills,
         self.refused_forks, self.instructions) = struct.unpack_from("<9Q", payload, 12)
        at = 84
        for name in "fault", "anomaly":
            (length,) = struct.unpack_from("<I", payload, at)
            setattr(self, name, payload[at + 4:at + 4 + length].decode())
            at += 4 + length
        assert at == len(payload)
        return self

    def __str__(self):
        return f"{vars(self)}"[:1500]


def arguments_of(settings):
    return [f"{key}={one}" for key, value in settings.items() for one in (value if isinstance(value, list) else [value])]


class Slot:
    """A running agent. Its end must be asked for, by close()."""

    def __init__(self, command, *, environment=None, patience=60, **settings):
        self.patience = patience
        self.folder = tempfile.TemporaryDirectory(prefix="slot-")
        self.start(command, environment or {}, settings)
        kind, payload = self.receive()
        assert kind == HELLO, kind
        self.version, self.has = struct.unpack("<II", payload)

    def start(self, command, environment, settings):
        path = os.path.join(self.folder.name, "s")
        arguments = arguments_of({"server": os.getpid(), "host-id": -1, "scratch-mb": 16, "scratch-inodes": 512, **settings})
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen(1)
            listener.settimeout(self.patience)
            self.launcher = subprocess.Popen([*command, "launch", f"socket={path}", *arguments], env=environment, cwd="/",
                                             stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            while not select.select([listener], [], [], 0.05)[0]:
                if self.launcher.poll() is not None:
                    raise Broken(f"the runner ended with {self.launcher.returncode}: {self.launcher.stderr.read().decode()}")
            self.socket, _ = listener.accept()
        self.socket.settimeout(self.patience)

    def read_some(self, most):
        return self.socket.recv(most)

    def write(self, data):
        self.socket.sendall(data)

    def hang_up(self):
        self.socket.close()

    def _bytes(self, count):
        data = bytearray()
        while len(data) < count:
            got = self.read_some(min(count - len(data), 1 << 20))
            if not got:
                raise Broken("the stream ended")
            data += got
        return bytes(data)

    def receive(self):
        length, kind = struct.unpack("<IB", self._bytes(5))
        payload = self._bytes(length)
        if kind == BROKEN:
            raise Broken(payload.decode())
        return kind, payload

    def send(self, kind, payload):
        self.write(frame(kind, payload))

    def finish(self, result=None):
        """Takes what comes until the run in hand is done."""
        result = result or Result()
        while not self.take(result):
            pass
        return result

    def take(self, result):
        """Takes one frame; true once the run is done."""
        kind, payload = self.receive()
        if kind == DONE:
            return result.finish(payload)
        if kind == OUTPUT:
            assert not (result.ended and payload[4] == 0), "output after its end"
            result.streams[payload[4]] += payload[5:]
            result.ended = result.ended or (payload[4] == 0 and len(payload) == 5)
        elif kind == FILE:
            _, index, flags = struct.unpack_from("<III", payload)
            before = result.files.get(index, (0, b""))[1]
            result.files[index] = (flags, before + payload[12:])
        elif kind == TAKEN:
            result.taken += struct.unpack("<II", payload)[1]
        else:
            raise AssertionError(f"frame {kind}")
        return None

    def give(self, data, id=1):
        """Input of a streamed run; none is its end."""
        self.send(INPUT, struct.pack("<I", id) + data)

    def run(self, *argv, **how):
        self.send(RUN, request(argv, **how))
        return self.finish()

    def shell(self, script, **how):
        return self.run("/bin/sh", "-c", script, **{"env": ["PATH=/usr/bin:/bin"], **how})

    def wait(self):
        """The launcher's exit code, once the agent has ended by itself."""
        try:
            return self.launcher.wait(self.patience)
        finally:
            self.launcher.stderr.close()
            self.hang_up()
            self.folder.cleanup()

    def close(self):
        """Ends the slot as the server does."""
        self.hang_up()
        return self.wait()

    def abandon(self):
        """Ends the slot whatever became of it."""
        if self.launcher.poll() is None:
            self.launcher.kill()
        self.wait()


# As an engine makes it: a root of its own with a scratch, and the agent as the first process.
CONTAINER = """
set -e
root=$1 candidate=$2 work=$3
shift 3
mount -t tmpfs -o mode=0755 none "$root"
cd "$root"
mkdir -p usr etc dev proc box tmp ".$work"
for name in usr etc dev; do mount --rbind "/$name" "$name"; done
for name in bin lib lib64 sbin; do [ ! -L "/$name" ] || cp -P "/$name" .; done
mount --bind "$work" ".$work"
mount -t proc none proc
mount -t tmpfs -o "mode=0700,uid=$candidate,gid=$candidate" none box
exec chroot . "$@"
"""


class Attached(Slot):
    """An agent that is reached through its standard input and output. Only root can make one."""

    def start(self, command, environment, settings):
        candidate = settings.pop("host-id") + 1
        arguments = arguments_of({"candidate-id": candidate, "scratch-mb": 16, "scratch-inodes": 512, **settings})
        container = ["/usr/bin/unshare", "--mount", "--pid", "--net", "--ipc", "--fork", "--kill-child", "/bin/sh", "-c", CONTAINER, "sh",
                     self.folder.name, str(candidate), tempfile.gettempdir()]
        self.launcher = subprocess.Popen([*container, *command, "serve", *arguments], env={"PATH": os.environ["PATH"], **environment}, cwd="/",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)

    def read_some(self, most):
        if not select.select([self.launcher.stdout], [], [], self.patience)[0]:
            raise TimeoutError("the agent says nothing")
        return self.launcher.stdout.read(most)

    def write(self, data):
        left = memoryview(data)
        while left:
            left = left[self.launcher.stdin.write(left):]

    def hang_up(self):
        self.launcher.stdin.close()
        self.launcher.stdout.close()
