"""Python runs at the price of a fork: the warm process of a slot ("zygote").

The agent starts the interpreter with the command line of a run and with this folder in PYTHONPATH, so that `site`
imports this file while the interpreter starts. It imports what programs commonly import, says `ready`, and
waits. For each `run` it forks, and the child gives up all privileges and just *returns*: `site` goes on, and the
interpreter opens the script and runs it as any fresh one would, to its native end. Only the child ever returns, and only
when it is the candidate's user; whatever fails before ends the process, for else `site` would print the error and go on.

A fork shares its memory with the zygote until it writes to a page; then the page is copied. Counting a reference is a
write. So what costs time in a child is how many objects it touches, and not what it does with them.

Without RESIDENT_FD in the environment this file does nothing but make way for the next sitecustomize on the path.

Nothing of the candidate's is read, let alone run, before the fork. What a fork cannot give is told in docs/sandbox.md.
"""
import os
import sys

HERE = os.path.dirname(__file__)  # just as it stands in sys.path
SOCKET = 3  # where the agent's socket is, and in a run the report
CANNOT_START, BROKEN = 70, 71  # how a run that could not start, and how a zygote of no use, ends
ONLY_OURS = ("PYTHONPATH", "RESIDENT_FD", "RESIDENT_UID", "RESIDENT_PROC", "RESIDENT_PRELOAD")


def make_way():
    """Imports the sitecustomize that would have been found without this one, in its place. False if there is none."""
    path = sys.path[:]
    sys.path[:] = [entry for entry in path if entry != HERE]
    del sys.modules["sitecustomize"]
    try:
        import sitecustomize  # noqa: F401
    except ModuleNotFoundError as missing:
        if missing.name != "sitecustomize":
            raise
        return False
    finally:
        sys.path[:] = path
    return True


def import_common(fork_hooks):
    """Imports the modules of preloaded.txt, but those that this machine does not have, and leaves no other trace.

    A zygote for programs that use a large library has a list more, for its weight would slow down every other fork.
    What modules want to be called at a fork is put into `fork_hooks`: it is for forks of the program's, not for ours.
    """
    register = os.register_at_fork
    os.register_at_fork = lambda **hook: fork_hooks.append(hook)
    try:
        import_listed()
    finally:
        os.register_at_fork = register


def import_listed():
    from _warnings import filters
    names = []
    for more in [""] + os.environ.get("RESIDENT_PRELOAD", "").split():
        with open(os.path.join(HERE, "preloaded%s.txt" % (more and "-" + more)), encoding="ascii") as lines:
            names += lines.read().split()
    before = filters[:]
    for name in names:
        try:
            __import__(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
    filters[:] = before  # numpy adds some
    if "warnings" in sys.modules:
        sys.modules["warnings"]._filters_mutated()
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("a preloaded module has started a thread: " + " ".join(names))


def forget_ourselves():
    """Takes out of the environment and the path what a run shall not see."""
    for name in ONLY_OURS:
        os.environ.pop(name, None)
    sys.path[:] = [entry for entry in sys.path if entry != HERE]
    sys.path_importer_cache.pop(HERE, None)


def leave_alone(names, modules, end_quickly):
    """Lets modules outlive the interpreter, or ends at once: an exit function that runs after all of the program's.

    At its end an interpreter takes its modules apart, object by object. In a fork each object that is let go of is a
    page that must be copied first: several times the cost of all the rest. A module that is not in `sys.modules` any
    more, while a frozen list still holds it, is left alone.
    """
    end_quickly()
    for name in names:
        modules.pop(name, None)


def renew_streams():
    """Makes the standard streams anew as the interpreter does, for what they know of their descriptors is of /dev/null."""
    import io
    for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        old = getattr(sys, name)
        buffer = io.open(descriptor, mode + "b", -1, None, None, None, False)
        buffer.raw.name = "<" + name + ">"
        stream = io.TextIOWrapper(buffer, old.encoding, old.errors, "\n", name == "stderr" or buffer.raw.isatty())
        stream.mode = mode
        setattr(sys, name, stream)
        setattr(sys, "__" + name + "__", stream)


def has_like_streams():
    """Whether what the zygote's streams know of their descriptors, /dev/null and two pipes, holds for the run's."""
    first, *others = [os.fstat(number).st_mode & 0o170000 for number in range(3)]
    return first in (0o020000, 0o100000) and others == [0o010000] * 2


def set_limits(cpu, file_size, processes, address_space, files, stack):
    """The run's limits, as in child.c; never above what the host gave."""
    import resource
    wanted = [(resource.RLIMIT_CPU, cpu), (resource.RLIMIT_FSIZE, file_size), (resource.RLIMIT_NPROC, processes),
              (resource.RLIMIT_NOFILE, files), (resource.RLIMIT_STACK, stack),
              (resource.RLIMIT_CORE, 1),  # with 0 a core pattern that is a pipe still starts its program
              (resource.RLIMIT_MEMLOCK, 65536), (resource.RLIMIT_MSGQUEUE, 0), (resource.RLIMIT_SIGPENDING, 1024),
              (resource.RLIMIT_NICE, 0), (resource.RLIMIT_RTPRIO, 0)]
    if address_space != -1:
        wanted.append((resource.RLIMIT_AS, address_space))
    for which, value in wanted:
        most = resource.getrlimit(which)[1]
        if most != resource.RLIM_INFINITY and most < value:
            value = most
        resource.setrlimit(which, (value, value))


def offer_to_oom_killer():
    """The run is the first in line when memory runs out, and the zygote, as large as it is, is not."""
    if proc is not None:
        score = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=proc)
        os.write(score, b"1000")
        os.close(score)


def become_candidate(user, group, limits, descriptors):
    """From the fork to the candidate's user: its descriptors, limits, session and folder. The failure end stays open."""
    os.setresuid(0, 0, 0)  # brings back the right to take any id
    offer_to_oom_killer()
    failure = descriptors[3]
    placed = descriptors[:3] + descriptors[4:]
    for number, descriptor in enumerate(placed):
        os.dup2(descriptor, number)
    os.closerange(len(placed), failure)
    os.closerange(failure + 1, max(descriptors) + 1)
    set_limits(*limits)
    os.setsid()
    os.umask(0o022)
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    os.chdir(os.path.dirname(sys.argv[0]))  # /box, open to the candidate alone


def may_draw(script):
    """Whether the program may come to random numbers of numpy's, whose seeding costs as much as a short run."""
    with open(script, "rb") as source:
        return b"random" in source.read() or len(os.listdir(os.path.dirname(script))) > 1


def forget_the_loop(hidden, fork_hooks):
    """The last of what differs from a fresh interpreter: streams, random numbers, our modules, garbage collection."""
    import gc
    if not has_like_streams():
        renew_streams()
    for hook in fork_hooks:
        os.register_at_fork(**hook)
    if "random" in sys.modules:
        sys.modules["random"].seed()
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random and may_draw(sys.argv[0]):
        numpy_random.seed()
    for name in hidden:
        sys.modules.pop(name, None)
    if "threading" in sys.modules:
        sys.modules["threading"].main_thread()._set_native_id()
    sys.path_importer_cache[sys.argv[0]] = None  # as the interpreter leaves it when it has seen that the script is no folder
    gc.freeze()
    gc.enable()


def start(packet, descriptors, hidden, fork_hooks):
    """In the child: becomes the run of a packet `run ID UID GID CPU FSIZE NPROC AS NOFILE STACK`."""
    try:
        user, group, *limits = map(int, packet.split()[2:])
        become_candidate(user, group, limits, descriptors)
        forget_the_loop(hidden, fork_hooks)
        os.close(descriptors[3])
    except BaseException as error:
        os.write(descriptors[3], ("%s: %s" % (type(error).__name__, error)).encode())
        os._exit(CANNOT_START)


def receive(socket):
    """The next packet and its descriptors; an empty one at the end."""
    import _socket
    packet, control, flags, _ = socket.recvmsg(512, _socket.CMSG_SPACE(5 * 4), _socket.MSG_CMSG_CLOEXEC)
    if flags & (_socket.MSG_TRUNC | _socket.MSG_CTRUNC):
        raise RuntimeError("a packet was cut off")
    raw = b"".join(data for _, _, data in control)
    return packet, [int.from_bytes(raw[at:at + 4], sys.byteorder) for at in range(0, len(raw), 4)]


def fork(socket, packet, descriptors):
    """In the child True. In the zygote False, when the run is over and has been reported."""
    if not packet.startswith(b"run ") or len(packet.split()) != 10 or len(descriptors) not in (4, 5):
        raise RuntimeError("not a request: %r with %d descriptors" % (packet, len(descriptors)))
    try:
        child = os.fork()
    except OSError as error:
        os.write(descriptors[3], ("fork: %s" % error).encode())
        os._exit(CANNOT_START)
    if child == 0:
        return True
    for descriptor in descriptors:
        os.close(descriptor)
    socket.send(b"started %d" % child)
    _, status, used = os.wait4(child, 0)
    socket.send(b"ended %d %d %d %d" % (status, used.ru_utime * 1e6, used.ru_stime * 1e6, used.ru_maxrss))
    return False


def serve():
    """Warms up and forks a child for each request. Returns in the children alone."""
    import atexit
    import gc
    gc.disable()
    preloaded = []
    native = set(sys.modules)
    from zygote_end import end_quickly
    script = sys.argv[0]
    atexit.register(leave_alone, preloaded, sys.modules, lambda: end_quickly(script, known))  # the first to be registered is the last to run
    del sys.modules["zygote_end"]
    fork_hooks = []
    import_common(fork_hooks)
    preloaded += [name for name in sys.modules if name not in native and name != "warnings"]
    programs = set(sys.modules)
    known = len(programs)  # in the child, before the program imports anything
    import _socket
    import resource  # noqa: F401 (the children want it)
    hidden = [name for name in sys.modules if name not in programs]
    del native, programs  # a child that let go of them would touch all that is in them
    own = int(os.environ["RESIDENT_UID"])
    global proc
    proc = int(os.environ["RESIDENT_PROC"]) if "RESIDENT_PROC" in os.environ else None
    if proc is not None:
        os.set_inheritable(proc, False)
    if int(os.environ["RESIDENT_FD"]) != SOCKET:
        raise RuntimeError("RESIDENT_FD must be %d" % SOCKET)
    forget_ourselves()
    if os.getgroups():
        os.setgroups([])
    os.setresgid(own, own, 0)
    os.setresuid(own, own, 0)  # 0 is kept in reserve; nobody of the candidate's can signal us or read our memory
    os.set_inheritable(SOCKET, False)
    socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET, 0, SOCKET)
    main = vars(sys.modules["__main__"])
    items = list(main.items())
    main.clear()  # an empty dictionary is not tracked, so not frozen: what is frozen is not let go of at the end
    gc.collect()
    kept = [sys.modules[name] for name in preloaded]
    kept.append(kept)  # so nothing but a collection would let go of it,
    gc.freeze()  # and from now on none does
    socket.send(b"ready")
    while True:
        packet, descriptors = receive(socket)
        if not packet:
            os._exit(0)
        if fork(socket, packet, descriptors):
            socket.detach()
            start(packet, descriptors, hidden, fork_hooks)
            main.update(items)
            return


def main():
    """Makes way, and serves where the agent asks for it. Returns what `make_way` does."""
    if "RESIDENT_FD" not in os.environ:
        return make_way()
    try:
        found = make_way()
        serve()
        return found
    except BaseException as error:
        os.write(2, ("zygote: %s: %s\n" % (type(error).__name__, error)).encode())
        os._exit(BROKEN)


if not main():
    raise ModuleNotFoundError("No module named 'sitecustomize'", name="sitecustomize")
