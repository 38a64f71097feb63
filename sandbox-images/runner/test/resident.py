"""A resident for the tests of the agent. It forks, as a zygote does; the run's input says what shall become of it."""

import os
import socket
import stat
import time

control = socket.socket(fileno=int(os.environ["RESIDENT_FD"]))


def ended(status, usage):
    return b"ended %d %d %d %d" % (status, int(usage.ru_utime * 1e6), int(usage.ru_stime * 1e6), usage.ru_maxrss)


def run(words, files):
    # What is streamed comes only once the run has begun.
    talks = stat.S_ISFIFO(os.fstat(files[0]).st_mode)
    what = "talk" if talks else os.read(files[0], 100).decode()
    if what == "die":
        os._exit(9)
    if what in ("garbage", "started 1", "started x", "ended 0 0 0 0"):
        control.send(what.encode())
        return
    if what == "long":
        control.send(b"x" * 5000)
        return
    pid = os.fork()
    if pid == 0:
        if what == "cannot":
            os.write(files[3], b"for a reason of its own")
            os._exit(70)
        uid, gid = int(words[2]), int(words[3])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
        os.dup2(files[1], 1)
        os.close(files[3])
        os.write(1, b"run %s as %d" % (words[1].encode(), os.getuid()))
        while talks and (heard := os.read(files[0], 100)):
            os.write(1, heard)
        if what == "crash":
            os.kill(os.getpid(), 11)
        while what == "hang":
            time.sleep(1)
        os._exit(3)
    control.send(b"started %d" % pid)
    for file in files:
        os.close(file)
    files.clear()
    if what == "die later":
        time.sleep(0.1)
        os._exit(9)
    _, status, usage = os.wait4(pid, 0)
    if what == "nonsense":
        control.send(b"ended nonsense")
    control.send(ended(status, usage))


control.send(b"nonsense" if os.environ.get("NONSENSE") else b"ready")
while True:
    text, files, _, _ = socket.recv_fds(control, 400, 5)
    if not text:
        break
    run(text.decode().split(), files)
    for file in files:
        os.close(file)
