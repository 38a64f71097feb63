"""Drives whole slots with an agent that a sanitizer or valgrind watches.

Arguments: asan or valgrind; the runner; then runners with a deliberate error each, which must not go unseen. The last
line is "N passed, N failed, N skipped".
"""

import os
import struct
import sys
import tempfile
import time
import traceback

import slot
from slot import Attached, Broken
from watched import FLAWED, HERE, HOST_ID, ROOT, WATCHER, Watched, refused, some


def serve_runs_as_the_first_process_of_a_container_only():
    for more in ["socket=/nonexistent"], []:
        said = refused("serve", "candidate-id=1000", *more)
        assert said.returncode == 1 and "nowhere else" in said.stderr, said


def launch_serves_its_parent_only():
    said = refused("launch", "socket=/nonexistent", "server=1")
    assert said.returncode == 1, said


def settings_that_make_no_sense_are_refused():
    rows = [(), ("go",), ("launch",), ("launch", "socket=x"), ("launch", "socket=x", "server=0"), ("serve", "socket=x"), ("serve", "candidate-id=0"), ("launch", "server=5"),
            ("launch", "socket=x", "server=5", "colour=blue"), ("launch", "socket=x", "server=5", "scratch-mb=-1"),
            ("launch", "socket=x", "server=5", *["show=a:b"] * 17)]
    for arguments in some(rows, 4):
        said = refused(*arguments)
        assert said.returncode == 64 and said.stderr.startswith("sandbox-runner: "), (arguments, said)
    said = refused("launch", "socket=" + "x" * 200, f"server={os.getpid()}")
    assert said.returncode == 1, said


def programs_run(ids):
    with Watched(**ids) as box:
        assert box.version == 5 and box.has == (1 if ids else 0), (box.version, box.has)
        done = box.shell("cat a; cat; echo $KEY >&2; exit 7", files=[("a", b"text", False)], stdin=b"in", env=["KEY=value"])
        assert (done.streams, done.status, done.cause) == ([b"textin", b"value\n", b""], 7 << 8, slot.ENDED), done
        done = box.shell("./d/e/tool; echo said >&3", flags=slot.REPORT, files=[("d/e/tool", b"#!/bin/sh\necho tool $$\n", True)])
        assert done.streams[0].startswith(b"tool ") and done.streams[2] == b"said\n", done
        done = box.shell("kill -SEGV $$")
        assert done.status & 127 == 11 and not done.fault and not done.anomaly, done
        done = box.run("/nonexistent/program")
        assert "exec /nonexistent/program" in done.fault, done
        if WATCHER == "asan":  # valgrind ends a program whose exec fails
            done = box.run("/box/odd", files=[("odd", b"#!/nonexistent\n", True)])
            assert done.status == 126 << 8 and not done.fault, done
        done = box.run("/bin/true", files=[("a/b", b"", False), ("a", b"", False)])
        assert "write a" in done.fault, done
        done = box.run("/bin/true", *["x" * 1000] * 63, env=["y" * 1000] * 64, files=[(f"f{i}", b"z", False) for i in range(300)])
        assert done.status == 0 and not done.fault, done


def limits_hold(ids):
    with Watched(**ids) as box:
        done = box.shell("sleep 100 & while true; do sleep 1; done", wall=0.3)
        assert done.cause == slot.WALL_LIMIT and done.wall_us >= 300000, done
        done = box.shell("while true; do :; done", cpu=0.2)
        assert done.cause == slot.CPU_LIMIT, done
        done = box.shell("head -c 8000000 /dev/zero; head -c 3000000 /dev/zero >&2", output=100000)
        assert [len(one) for one in done.streams] == [100000, 100000, 0], done.err_bytes
        assert (done.out_bytes, done.err_bytes) == (8000000, 3000000), done.out_bytes
        done = box.shell("head -c 3000000 /dev/zero > large; ls -l large | cut -d' ' -f5", file_bytes=1 << 20)
        assert int(done.streams[0] or 0) <= 1 << 20, done
        done = box.shell("head -c 300000 /dev/zero >&3", flags=slot.REPORT)
        assert len(done.streams[2]) == 64 << 10, done.status


def output_files_come_back(ids):
    with Watched(**ids) as box:
        script = "head -c 200000 /dev/zero > d; echo hi > a; chmod +x a; ln -s a link; mkfifo fifo; mkdir -p x/y; echo deep > x/y/z; : > empty"
        done = box.shell(script, outputs=["a", "d", "none", "link", "fifo", "x", "x/y/z", "empty"])
        assert done.files == {0: (1, b"hi\n"), 1: (0, bytes(200000)), 6: (0, b"deep\n"), 7: (0, b"")}, done.files.keys()
        done = box.shell(script, outputs=["d", "a"], most_outputs=100)
        assert done.files == {0: (2, b""), 1: (1, b"hi\n")}, done.files


def cancelling_ends_the_run_it_means(ids):
    with Watched(**ids) as box:
        box.send(slot.CANCEL, struct.pack("<I", 99))
        box.send(slot.RUN, slot.request(["/bin/sleep", "30"], id=5))
        time.sleep(0.2)
        box.send(slot.CANCEL, struct.pack("<I", 4))
        time.sleep(0.2)
        box.send(slot.CANCEL, struct.pack("<I", 5))
        done = box.finish()
        assert (done.id, done.cause) == (5, slot.CANCELLED), done
        box.send(slot.CANCEL, struct.pack("<I", 5))
        done = box.shell("echo next", id=6)
        assert (done.id, done.streams[0]) == (6, b"next\n"), done


def nothing_is_left_for_the_next_run(ids):
    with Watched(**ids) as box:
        mess = "for i in $(seq 60); do mkdir -p d; cd d; done; mkdir no; touch no/f; chmod 0 no; mkfifo p; ln -s / l; (sleep 99 &); setsid sleep 99 & "
        done = box.shell(mess)
        assert done.status == 0 and not done.anomaly, done
        done = box.shell("ls -A; ps -e -o comm= 2>/dev/null | grep -c sleep")
        assert done.streams[0] in (b"0\n", b""), done
        box.shell("echo kept > k", flags=slot.KEEP)
        done = box.shell("cat k", flags=slot.KEEP, files=[("k", b"new", False)])
        assert done.streams[0] == b"new", done
        assert box.shell("cat k").streams[0] == b"new"
        assert box.shell("cat k").streams[0] == b""


def fifty_runs_in_a_row_are_alike(ids):
    with Watched(**ids) as box:
        for i in range(50):
            done = box.shell("cat a; cat; echo $$ > out; readlink /proc/self/fd/9", id=i, files=[("a", b"%d " % i, False)], stdin=b"x" * i,
                             outputs=["out"])
            assert done.id == i and done.streams[0] == b"%d " % i + b"x" * i, done
            assert not done.fault and not done.anomaly and (not ids or i == 0 or done.files == first), done
            first = done.files


def large_requests_are_taken(ids):
    mb = 1 << (20 if WATCHER == "asan" else 16)  # valgrind takes its time
    with Watched(**{"scratch-mb": (64 * mb >> 20), **ids}) as box:
        done = box.shell("wc -c < a; wc -c", files=[("a", bytes(20 * mb), False)], stdin=bytes(12 * mb))
        assert [int(one) for one in done.streams[0].split()] == [20 * mb, 12 * mb], done
        done = box.shell("true", files=[("a", bytes(70 * mb), False)], file_bytes=100 * mb)
        assert "write a" in done.fault, done


def a_malformed_frame_ends_the_agent_which_says_so(ids):
    good = slot.request(["/bin/true"], files=[("a", b"text", False)], outputs=["a"], stdin=b"in")
    bad_path = slot.request(["/bin/true"], files=[("../a", b"", False)])
    bad_output = slot.request(["/bin/true"], outputs=["/etc/passwd"])
    rows = [(slot.frame(99, b"x"), "type 99"), (slot.frame(slot.RUN, b""), "0 bytes"), (slot.frame(slot.CANCEL, b"12345"), "type 2"),
            (struct.pack("<IB", 200 << 20, slot.RUN), "bytes was not"), (struct.pack("<IB", 0xFFFFFFFF, slot.RUN), "bytes was not"),
            (slot.frame(slot.RUN, good[:-1]), "input"), (slot.frame(slot.RUN, good + b"x"), "input"),
            (slot.frame(slot.RUN, good[:20]), "head"), (slot.frame(slot.RUN, bytes(len(good))), "limit"),
            (slot.frame(slot.RUN, bad_path), "file"), (slot.frame(slot.RUN, bad_output), "output")]
    for sent, words in some(rows, 5):
        with Watched(**ids) as box:
            box.socket.sendall(sent)
            expect_broken(box, words)


def expect_broken(box, words):
    try:
        box.finish()
    except Broken as said:
        assert words in str(said), said
    else:
        raise AssertionError("it went on")
    assert box.wait() == 0


def only_a_cancel_may_come_during_a_run(ids):
    with Watched(**ids) as box:
        box.send(slot.RUN, slot.request(["/bin/sleep", "30"]))
        time.sleep(0.2)
        box.send(slot.RUN, slot.request(["/bin/true"]))
        expect_broken(box, "during a run")


def streamed(box, *argv, **how):
    box.send(slot.RUN, slot.request(argv, **{"flags": slot.STREAM, **how}))
    return slot.Result()


def until(box, result, words):
    while words not in result.streams[0]:
        assert not box.take(result), result


# In bash, for dash reads a byte at a time.
ANSWER = ["/bin/bash", "-c", 'while read -r line; do echo "<$line>"; done; echo over']


def a_program_is_talked_to(ids):
    for kind in [slot.Slot] + [Attached] * bool(ids):
        with Watched(kind=kind, **ids) as box:
            result = streamed(box, *ANSWER)
            for i in range(20):
                box.give(b"%d\n" % i)
                until(box, result, b"<%d>\n" % i)
            assert not result.ended and result.taken == 0, result
            box.give(b"")
            box.finish(result)
            assert result.streams[0].endswith(b"<19>\nover\n") and result.ended and result.status == 0 and result.cause == slot.ENDED, result
            assert box.shell("cat", stdin=b"as before").streams[0] == b"as before"
            result = streamed(box, "/bin/cat", id=2)
            box.give(b"at once", id=2)
            box.give(b"", id=2)
            assert box.finish(result).streams[0] == b"at once", result


def much_input_takes_its_turns(ids):
    data = os.urandom((4 << 20) if WATCHER == "asan" else 300 << 10)
    with Watched(**ids) as box:
        result = streamed(box, "/bin/cat", output=8 << 20)
        for at in range(0, len(data), 20000):
            while at + 20000 - result.taken > slot.WINDOW:
                assert not box.take(result), result
            box.give(data[at:at + 20000])
        box.give(b"")
        assert box.finish(result).streams[0] == data, len(result.streams[0])
        assert len(data) - slot.WINDOW // 2 < result.taken <= len(data), result.taken


def a_program_that_does_not_read_is_heard_and_ended_all_the_same(ids):
    with Watched(**ids) as box:
        result = streamed(box, "/bin/sh", "-c", "head -c 1000000 /dev/zero; sleep 30")
        box.give(bytes(slot.WINDOW))
        until(box, result, bytes(1000000))
        box.send(slot.CANCEL, struct.pack("<I", 1))
        assert box.finish(result).cause == slot.CANCELLED, result
        result = streamed(box, "/bin/sleep", "30", wall=0.3)
        box.give(b"x" * 1000)
        box.give(b"")
        assert box.finish(result).cause == slot.WALL_LIMIT, result
        result = streamed(box, "/bin/cat", wall=0.3)
        assert box.finish(result).cause == slot.WALL_LIMIT, result


def a_program_that_wants_no_more_input_may(ids):
    with Watched(**ids) as box:
        result = streamed(box, "/bin/sh", "-c", "exec <&-; echo closed; sleep 1; echo end")
        until(box, result, b"closed\n")
        for turn in range(1, 21):
            box.give(bytes(slot.WINDOW // 2))
            while result.taken < turn * slot.WINDOW // 2:
                assert not box.take(result), result
        assert box.finish(result).streams[0] == b"closed\nend\n" and not result.fault and not result.anomaly, result
        result = streamed(box, "/bin/true")
        for _ in range(3):
            box.give(b"x" * 1000)
        box.finish(result)
        box.give(b"after its end")
        box.give(b"")
        done = box.shell("cat", stdin=b"next", id=2)
        assert done.streams[0] == b"next" and result.status == 0 and not result.anomaly, done
        result = streamed(box, "/bin/cat", id=3)
        box.give(b"of an earlier run", id=2)
        box.give(b"of this", id=3)
        box.give(b"", id=3)
        assert box.finish(result).streams[0] == b"of this", result


def the_end_of_what_it_says_is_told_before_its_own(ids):
    with Watched(**ids) as box:
        result = streamed(box, "/bin/bash", "-c", "echo said; exec >&-; read -r line; echo $line >&2")
        while not result.ended:
            assert not box.take(result), result
        box.give(b"heard\n")
        box.finish(result)
        assert result.streams[:2] == [b"said\n", b"heard\n"], result


def a_streamed_program_ends_at_the_limit_of_its_output(ids):
    with Watched(**ids) as box:
        for to in 1, 2:
            result = streamed(box, "/bin/sh", "-c", f"yes >&{to}", output=100000)
            box.finish(result)
            assert result.cause == slot.OUTPUT_LIMIT and len(result.streams[to - 1]) == 100000, result.cause
        result = streamed(box, "/usr/bin/head", "-c", "100000", "/dev/zero", output=100000)
        assert box.finish(result).cause == slot.ENDED and len(result.streams[0]) == 100000 and result.out_bytes == 100000, result.cause


def input_that_may_not_come_ends_the_agent(ids):
    give = lambda length, id=1: slot.frame(slot.INPUT, struct.pack("<I", id) + bytes(length))
    rows = [(0, give(5), "does not stream"), (slot.STREAM, give(40000) * 5, "more input"), (slot.STREAM, give(5) + give(0) + give(1), "after its end"),
            (slot.STREAM, give(slot.WINDOW + 1), "not expected"), (slot.STREAM, slot.frame(slot.INPUT, b"abc") + b"pad", "not expected"),
            (None, give(slot.WINDOW + 1), "not expected"), (None, slot.frame(slot.INPUT, b"abc"), "not expected")]
    for flags, sent, words in some(rows, 3):
        with Watched(**ids) as box:
            if flags is not None:
                box.send(slot.RUN, slot.request(["/bin/sleep", "30"], flags=flags))
                time.sleep(0.2)
            box.socket.sendall(sent)
            expect_broken(box, words)


def a_server_that_goes_away_ends_the_slot(ids):
    whole = slot.frame(slot.RUN, slot.request(["/bin/sleep", "30"]))
    flood = slot.frame(slot.RUN, slot.request(["/usr/bin/head", "-c", "9999999", "/dev/zero"], output=1 << 30))
    talk = slot.frame(slot.RUN, slot.request(["/bin/cat"], flags=slot.STREAM)) + slot.frame(slot.INPUT, bytes(100))
    for sent in some([flood, b"", whole[:3], whole[:50], whole, talk, talk[:-50]], 4):
        with Watched(**ids) as box:
            box.socket.sendall(sent)
            time.sleep(0.2)


def files_of_a_cgroup_are_read_and_written(ids):
    with tempfile.TemporaryDirectory(prefix="cgroup-") as folder:
        os.chmod(folder, 0o755)
        start = {"memory.max": "", "memory.peak": "", "memory.swap.max": "", "memory.current": "1000000\n", "pids.max": "",
                 "memory.events": "low 0\nmax 0\noom 0\noom_kill 0\n", "pids.events": "max 0\n", "pids.current": "1\n",
                 "cpu.stat": "usage_usec 0\n", "cgroup.procs": ""}
        for name, content in start.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(content)
        read = lambda name: open(os.path.join(folder, name)).read()
        with Watched(unified=folder, **ids) as box:
            assert box.has & 14 == 14, box.has
            done = box.shell("echo hi", memory=64 << 20, processes=5)
            assert done.streams[0] == b"hi\n" and not done.fault, done
            assert int(read("pids.max")) == 6 and int(read("cgroup.procs")) > 1, read("pids.max")
        os.remove(os.path.join(folder, "memory.max"))
        with open(os.path.join(folder, "memory.current"), "w") as file:
            file.write("max odd\n")
        with Watched(unified=folder, **ids) as box:
            done = box.shell("echo hi")
            assert done.streams[0] == b"hi\n" and done.cause == slot.ENDED, done
            with open(os.path.join(folder, "memory.current"), "w") as file:
                file.write("99999999999\n")
            done = box.shell("sleep 20", memory=64 << 20)
            assert done.cause == slot.MEMORY_LIMIT, done


def with_resident(ids, **more):
    with tempfile.TemporaryDirectory(prefix="resident-") as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(HERE, "resident.py")) as source, open(os.path.join(folder, "resident.py"), "w") as copy:
            copy.write(source.read())
        return Watched(**ids, **{"show": f"{folder}:/opt/rewardserver/test", "resident-forks": 1,
                                 "resident": ["/usr/bin/python3", "-ISB", "/opt/rewardserver/test/resident.py"], **more})


def a_resident_runs_programs(ids):
    with with_resident(ids) as box:
        assert box.has & 16, box.has
        for i, (what, status) in enumerate([("go", 3 << 8), ("crash", 11), ("nonsense", 3 << 8), ("go", 3 << 8)]):
            done = box.run("/x", id=i, flags=slot.RESIDENT, stdin=what.encode(), files=[("a", b"text", False)])
            assert done.status & 0xFF7F == status and done.streams[0] == b"run %d as 1000" % i and not done.fault, (what, str(done))
        result = streamed(box, "/x", flags=slot.RESIDENT | slot.STREAM)
        until(box, result, b"run 1 as 1000")
        box.give(b" and it answers")
        box.give(b"")
        assert box.finish(result).status == 3 << 8 and result.streams[0] == b"run 1 as 1000 and it answers" and result.ended, result
        done = box.run("/x", flags=slot.RESIDENT, stdin=b"hang", wall=0.3)
        assert done.cause == slot.WALL_LIMIT and not done.anomaly, done
        assert box.shell("echo beside it").streams[0] == b"beside it\n"
        done = box.run("/x", flags=slot.RESIDENT | slot.REPORT, stdin=b"cannot")
        assert done.fault == "for a reason of its own", done
        done = box.run("/x", flags=slot.RESIDENT, stdin=b"go")
        assert done.status == 3 << 8 and not done.fault, done


def a_resident_that_says_nonsense_is_a_fault(ids):
    for what in some(["garbage", "started 1", "started x", "long", "ended 0 0 0 0", "die", "die later"], 3):
        with with_resident(ids) as box:
            done = box.run("/x", flags=slot.RESIDENT, stdin=what.encode())
            assert done.fault or done.anomaly, (what, str(done))


def a_resident_that_does_not_get_ready_breaks_the_slot(ids):
    for more in some([{"resident-env": "NONSENSE=1"}, {"resident": "/nonexistent"}, {"resident": "/bin/false"}, {"resident": ["/bin/echo", "why"]}], 3):
        try:
            with with_resident(ids, **more):
                raise AssertionError("it said hello")
        except Broken as said:
            assert "did not get ready" in str(said), said


def a_folder_to_show_must_be_one_of_ours(ids):
    shows = ["/usr", "/usr:/etc/x", "/usr:/opt/rewardserver/a/b", "/nonexistent:/opt/rewardserver/x", ":", "/usr:/opt/rewardserver/.."]
    for show in some(shows, 3):
        try:
            with Watched(show=show, **ids):
                raise AssertionError(f"it showed {show}")
        except Broken as said:
            assert "show" in str(said) or "nonexistent" in str(said) or "mkdir" in str(said), said


def attached(ids):
    return Watched(kind=Attached, **ids)


def standard_streams_reach_a_server_too(ids):
    with attached(ids) as box:
        done = box.shell("cat a; cat; exit 7", files=[("a", b"text", False)], stdin=bytes(range(256)) * 1000)
        assert (done.streams[0], done.status, done.fault) == (b"text" + bytes(range(256)) * 1000, 7 << 8, ""), done
        done = box.shell("head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2", output=8 << 20)
        assert [len(one) for one in done.streams] == [3000000, 2000000, 0], done.err_bytes
        box.send(slot.RUN, slot.request(["/bin/sleep", "30"], id=5))
        time.sleep(0.2)
        box.send(slot.CANCEL, struct.pack("<I", 5))
        done = box.finish()
        assert (done.id, done.cause) == (5, slot.CANCELLED), done
        done = box.shell("sleep 30", wall=0.3)
        assert done.cause == slot.WALL_LIMIT, done


def no_program_sees_the_agents_standard_streams(ids):
    with attached(ids) as box:
        done = box.shell("for n in 0 1 2 3 4 5 6 7 8 9 10 11 12; do (echo noise >/proc/1/fd/$n) 2>/dev/null && echo written; done; "
                         "for n in 3 4 5 6 7 8 9; do (eval \"echo noise >&$n\") 2>/dev/null && echo open; done; ls /proc/1/fd 2>/dev/null; echo end")
        assert done.streams[0] == b"end\n" and not done.fault and not done.anomaly, done
        streams = [os.readlink(f"/proc/{agent_of(box)}/fd/{n}") for n in range(3)]
        assert all(stream.endswith("/dev/null") for stream in streams), streams


def agent_of(box):
    with open(f"/proc/{box.launcher.pid}/task/{box.launcher.pid}/children") as children:
        return int(children.read().split()[0])


def the_end_of_the_agents_input_is_the_slots(ids):
    for argv in None, ["/bin/sh", "-c", "sleep 50 & sleep 50"], ["/bin/sh", "-c", "yes"]:
        watched = attached(ids)
        if argv:
            watched.slot.send(slot.RUN, slot.request(argv, output=1 << 30))
            time.sleep(0.3)
        began = time.monotonic()
        watched.slot.launcher.stdin.close()
        if argv and "yes" in argv:  # somebody goes on reading
            while watched.slot.read_some(1 << 16):
                pass
        assert watched.slot.wait() == 0 and time.monotonic() - began < 10, argv
        assert not watched.found(), watched.found()


def a_server_that_no_longer_reads_ends_the_slot(ids):
    watched = attached(ids)
    watched.slot.send(slot.RUN, slot.request(["/bin/sh", "-c", "yes"], output=1 << 30))
    time.sleep(0.3)
    watched.slot.launcher.stdout.close()
    assert watched.slot.wait() == 0
    assert not watched.found(), watched.found()


def an_error_is_seen(runner):
    watched = Watched(runner)
    try:
        watched.slot.shell("cat a", files=[("a", b"text", False)])
    except Broken:
        pass
    watched.slot.close()
    assert watched.found(), f"{os.path.basename(runner)}: nothing was reported"


ALONE = [serve_runs_as_the_first_process_of_a_container_only, launch_serves_its_parent_only, settings_that_make_no_sense_are_refused]
SLOTS = [programs_run, limits_hold, output_files_come_back, cancelling_ends_the_run_it_means, nothing_is_left_for_the_next_run,
         fifty_runs_in_a_row_are_alike, large_requests_are_taken, a_malformed_frame_ends_the_agent_which_says_so,
         only_a_cancel_may_come_during_a_run, a_program_is_talked_to, much_input_takes_its_turns,
         a_program_that_does_not_read_is_heard_and_ended_all_the_same, a_program_that_wants_no_more_input_may,
         the_end_of_what_it_says_is_told_before_its_own, a_streamed_program_ends_at_the_limit_of_its_output,
         input_that_may_not_come_ends_the_agent, a_server_that_goes_away_ends_the_slot, files_of_a_cgroup_are_read_and_written,
         a_folder_to_show_must_be_one_of_ours]
ATTACHED = [standard_streams_reach_a_server_too, no_program_sees_the_agents_standard_streams, the_end_of_the_agents_input_is_the_slots,
            a_server_that_no_longer_reads_ends_the_slot]
RESIDENTS = [a_resident_runs_programs, a_resident_that_says_nonsense_is_a_fault, a_resident_that_does_not_get_ready_breaks_the_slot]
counts = {"passed": 0, "failed": 0, "skipped": 0}


def attempt(test, *arguments):
    began = time.monotonic()
    try:
        test(*arguments)
        counts["passed"] += 1
    except Exception:
        counts["failed"] += 1
        print(f"FAILED {test.__name__}{arguments}\n{traceback.format_exc()}")
    if os.environ.get("VERBOSE"):
        print(f"{time.monotonic() - began:.2f} s {test.__name__}{arguments}")


def skip(what, why):
    counts["skipped"] += 1
    print(f"skipped {what}: {why}")


def namespaces_are_refused():
    try:
        with Watched():
            return None
    except Broken as said:
        return str(said) if "clone with new namespaces" in str(said) else None


def main():
    for test in ALONE:
        attempt(test)
    if why := namespaces_are_refused():
        skip("slots", why)
        SLOTS.clear(), RESIDENTS.clear(), ATTACHED.clear(), FLAWED.clear()
    # Under valgrind, which takes longer, with two ids where they can be had.
    for test in SLOTS if WATCHER == "asan" or not ROOT else []:
        attempt(test, {})
    two_ids = {"host-id": HOST_ID}
    for test in [*SLOTS, *ATTACHED, *RESIDENTS]:
        if not ROOT:
            skip(f"{test.__name__} with two user ids", "only root can map them")
        elif test in RESIDENTS and not os.path.exists("/usr/bin/python3"):
            skip(test.__name__, "there is no /usr/bin/python3")
        else:
            attempt(test, two_ids)
    for runner in FLAWED:
        attempt(an_error_is_seen, runner)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return counts["failed"] > 0


sys.exit(main())
