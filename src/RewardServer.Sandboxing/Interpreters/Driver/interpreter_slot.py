"""All that is signalled at once: the processes of a slot that are younger than ours, which are those of the cells."""
import ctypes
import os
import signal
import time

PR_SET_DUMPABLE = 4
MOST_IDS = 200_000  # process ids that are tried
MOST_SECONDS = 2  # for which they are told again


def prove_slot():
    """Ends where this is no slot: there is nobody else's process in one, and on a host there would be."""
    if os.getppid() != 1 or os.getcwd() != "/box":
        os.write(2, b"This runs in a slot of the sandbox only.\n")
        os._exit(70)


def set_dumpable(is_dumpable):
    """Whether others of our user may read our memory and open our descriptors in /proc."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, ctypes.c_ulong(is_dumpable), *[ctypes.c_ulong(0)] * 3)


def last_id():
    """The process id that was given last in this slot."""
    with open("/proc/loadavg") as load:
        return int(load.read().split()[4])


def younger():
    """The ids of all that can have begun after us; None where they are too many to try."""
    own, last = os.getpid(), last_id()
    if last >= own:
        ids = [range(own + 1, last + 1)]
    else:
        with open("/proc/sys/kernel/pid_max") as most:
            ids = [range(own + 1, int(most.read())), range(2, last + 1)]
    return ids if sum(map(len, ids)) <= MOST_IDS else None


def signal_all(number):
    """Signals them. One that is hidden in /proc is met all the same. False where they multiply faster than that."""
    began = time.monotonic()
    while time.monotonic() - began < MOST_SECONDS:
        before, ids = last_id(), younger()
        if ids is None:
            return False
        for some in ids:
            for one in some:
                try:
                    os.kill(one, number)
                except (ProcessLookupError, PermissionError):
                    pass
        # One that may go on may multiply, too: each of those that stood still has been told.
        if last_id() == before or number == signal.SIGCONT:
            return True
    return False


def waited(process):
    """Seconds for which a process's first thread stood in line for a processor; 0 where the kernel does not count."""
    try:
        with open("/proc/%d/schedstat" % process) as stat:
            return int(stat.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def used():
    """CPU seconds of all of them that can be seen, and of those that they have reaped."""
    ticks = 0
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) not in (1, os.getpid()):
            try:
                with open("/proc/%s/stat" % name) as stat:
                    ticks += sum(map(int, stat.read().rpartition(")")[2].split()[11:15]))
            except OSError:
                pass  # it has ended meanwhile
    return ticks / os.sysconf("SC_CLK_TCK")


def is_overloaded():
    """Tried rather than read, when they stand still: whether we get less than half a processor when we want one."""
    signal_all(signal.SIGSTOP)
    began, used = time.monotonic(), time.process_time()
    while time.monotonic() - began < 0.2:
        pass
    return time.process_time() - used < (time.monotonic() - began) / 2
