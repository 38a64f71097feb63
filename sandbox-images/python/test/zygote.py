"""The agent's part in a test: starts a zygote and asks it for runs; also runs the same program in a fresh interpreter."""
import os
import re
import shutil
import socket
import sys
import tempfile
import time

HERE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "zygote")
PYTHON = os.environ.get("ZYGOTE_TEST_PYTHON", "/usr/bin/python3")
CANDIDATE, ZYGOTE = 1000, 1001
LIMITS = {"cpu": 10, "file_size": 1 << 26, "processes": 4096, "address_space": -1, "files": 512, "stack": 1 << 26}
ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/box", "PYTHONHASHSEED": "0",
               "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Box:
    """A scratch folder of the candidate's with its main.py; /box where it can be had, as in a slot."""

    def __init__(self):
        self.path = os.environ.get("ZYGOTE_TEST_BOX") or tempfile.mkdtemp(prefix="box-")
        os.chown(self.path, CANDIDATE, CANDIDATE)
        os.chmod(self.path, 0o700)
        self.script = os.path.join(self.path, "main.py")
        self.command = [PYTHON, "-B", "-s", self.script]

    def write(self, source):
        for entry in os.listdir(self.path):
            path = os.path.join(self.path, entry)
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
        with open(self.script, "wb") as file:
            file.write(source if isinstance(source, bytes) else source.encode())

    def close(self):
        shutil.rmtree(self.path)


class Ends:
    """The descriptors of one run: standard input as a memfd, and files that take what it writes."""

    def __init__(self, stdin, report):
        self.input = os.memfd_create("stdin") if stdin is not None else os.open("/dev/null", os.O_RDONLY)
        if stdin:
            os.write(self.input, stdin)
            os.lseek(self.input, 0, os.SEEK_SET)
        self.pipes = [os.pipe() for _ in range(4 if report else 3)]  # stdout, stderr, failure, report
        self.given = [self.input] + [write for _, write in self.pipes]

    def read(self):
        """Closes the given ends, reads the others to the end and closes them."""
        for descriptor in self.given:
            os.close(descriptor)
        texts = [b""] * len(self.pipes)
        readers = {read: number for number, (read, _) in enumerate(self.pipes)}
        import select
        poll = select.poll()
        for read in readers:
            poll.register(read, select.POLLIN | select.POLLHUP)
        while readers:
            for read, _ in poll.poll():
                piece = os.read(read, 1 << 16)
                texts[readers[read]] += piece
                if not piece:
                    poll.unregister(read)
                    os.close(read)
                    del readers[read]
        return texts


class Result:
    """What came of a run: stdout, stderr, failure, report (bytes), status as of wait(2), seconds of wall time."""

    def __init__(self, texts, status, seconds, usage=()):
        self.stdout, self.stderr, self.failure = texts[:3]
        self.report = texts[3] if len(texts) > 3 else None
        self.status, self.seconds, self.usage = status, seconds, usage

    @property
    def seen(self):
        stdout, stderr = (re.sub(rb"\b0x[0-9a-f]{8,}", b"ADDRESS", text) for text in (self.stdout, self.stderr))
        return stdout, stderr, self.failure, self.report, self.status


class Zygote:
    """A zygote over a box."""

    def __init__(self, box):
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                null = os.open("/dev/null", os.O_RDONLY)
                for number, descriptor in enumerate((null, self.out[1], self.out[1], its.fileno())):
                    os.dup2(descriptor, number + 100)
                for number in range(4):
                    os.dup2(number + 100, number)
                os.closerange(4, 200)
                extra = {"PYTHONPATH": HERE, "RESIDENT_FD": "3", "RESIDENT_UID": str(ZYGOTE)}
                os.execve(PYTHON, box.command, {**ENVIRONMENT, **extra})
            finally:
                os._exit(72)
        its.close()
        os.close(self.out[1])
        self.socket = ours
        self.number = 0
        self.expect("ready")

    def expect(self, word):
        packet = self.socket.recv(512).decode()
        if packet.split()[:1] != [word]:
            raise RuntimeError("%s instead of %s: %s" % (packet, word, os.read(self.out[0], 1 << 16).decode()))
        return packet.split()[1:]

    def run(self, stdin=None, report=False, user=CANDIDATE, **limits):
        self.number += 1
        ends = Ends(stdin, report)
        begin = time.perf_counter()
        packet = "run %d %d %d " % (self.number, user, user) + " ".join(map(str, {**LIMITS, **limits}.values()))
        socket.send_fds(self.socket, [packet.encode()], ends.given)
        texts = ends.read()
        self.started = int(self.expect("started")[0])
        status, *usage = map(int, self.expect("ended"))
        return Result(texts, status, time.perf_counter() - begin, usage)

    def close(self):
        """Lets it end, and gives its wait status."""
        self.socket.close()
        os.close(self.out[0])
        return os.waitpid(self.pid, 0)[1]


def run_fresh(box, stdin=None, report=False, user=CANDIDATE, **limits):
    """The same run as the agent starts it without a zygote: fork, limits, exec."""
    ends = Ends(stdin, report)
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            placed = ends.given[:3] + ends.given[4:]
            for number, descriptor in enumerate(placed):
                os.dup2(descriptor, number + 100)
            for number in range(len(placed)):
                os.dup2(number + 100, number)
            os.closerange(len(placed), 200)
            limit(**{**LIMITS, **limits})
            os.setsid()
            os.umask(0o022)
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            os.chdir(box.path)
            os.execve(PYTHON, box.command, ENVIRONMENT)
        finally:
            os._exit(72)
    texts = ends.read()
    status = os.waitpid(child, 0)[1]
    return Result(texts, status, time.perf_counter() - begin)


def limit(cpu, file_size, processes, address_space, files, stack):
    import resource
    for name, value in (("CPU", cpu), ("FSIZE", file_size), ("NPROC", processes), ("AS", address_space),
                        ("NOFILE", files), ("STACK", stack), ("CORE", 1), ("MEMLOCK", 65536), ("MSGQUEUE", 0),
                        ("SIGPENDING", 1024), ("NICE", 0), ("RTPRIO", 0)):
        which = getattr(resource, "RLIMIT_" + name)
        most = resource.getrlimit(which)[1]
        if most != -1 and (most < value or value == -1):
            value = most
        resource.setrlimit(which, (value, value))
