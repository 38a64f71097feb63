"""A run through the zygote is like a run in a fresh interpreter. As root: `python3 -m unittest zygote_test`, in this folder.

ZYGOTE_TEST_PYTHON names another interpreter, ZYGOTE_TEST_BOX an empty folder to use as scratch.
"""
import os
import signal
import socket
import subprocess
import time
import unittest

from zygote import CANDIDATE, ENVIRONMENT, HERE, PYTHON, ZYGOTE, Box, Ends, Zygote, run_fresh
from zygote_programs import PROGRAMS, UNALIKE


class ZygoteTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.box = Box()
        self.addCleanup(self.box.close)
        self.zygote = Zygote(self.box)
        self.addCleanup(self.zygote.close)

    def run_source(self, source, *arguments, **limits):
        self.box.write(source)
        return self.zygote.run(*arguments, **limits)

    def test_programs_do_the_same_as_in_a_fresh_interpreter(self):
        for name, program in PROGRAMS.items():
            with self.subTest(name):
                source, stdin = program if isinstance(program, tuple) else (program, None)
                seen = []
                for run in (self.zygote.run, lambda *given: run_fresh(self.box, *given)):
                    self.box.write(source)
                    seen.append(run(stdin, name == "report").seen)
                self.assertEqual(*seen)
                self.assertEqual(seen[0][2], b"", "a fault of ours")

    def test_random_numbers_differ_from_run_to_run(self):
        for name, source in UNALIKE.items():
            with self.subTest(name):
                first, second = self.run_source(source), self.run_source(source)
                if b"No module named 'numpy'" not in first.stderr:
                    self.assertEqual((first.stderr, second.stderr), (b"", b""))
                    self.assertNotEqual(first.stdout, second.stdout)

    def test_limits_hold(self):
        hog = self.run_source("while True: pass", cpu=1)
        self.assertEqual(os.WTERMSIG(hog.status), signal.SIGKILL)
        self.assertAlmostEqual(sum(hog.usage[:2]) / 1e6, 1, delta=0.3)
        large = self.run_source("f = open('f', 'w')\nf.write('x' * 5000)\nf.close()", file_size=1000)
        self.assertIn(b"File too large", large.stderr)
        memory = self.run_source("x = 'x' * (1 << 30)", address_space=1 << 29)
        self.assertIn(b"MemoryError", memory.stderr)

    def test_usage_is_of_one_run(self):
        busy = self.run_source("import time\nwhile time.process_time() < 0.3: pass\nx = b'x' * (100 << 20)")
        self.assertGreater(sum(busy.usage[:2]), 300_000)
        self.assertGreater(busy.usage[2], 100 << 10)
        light = self.run_source("")
        self.assertLess(sum(light.usage[:2]), 200_000)
        self.assertLess(light.usage[2], 60 << 10)

    def test_candidate_cannot_touch_the_zygote(self):
        attack = """
import os, signal
zygote = os.getppid()
for name, act in [('kill', lambda: os.kill(zygote, signal.SIGKILL)), ('stop', lambda: os.kill(zygote, signal.SIGSTOP)),
                  ('mem', lambda: open('/proc/%d/mem' % zygote, 'r+b')), ('environ', lambda: open('/proc/%d/environ' % zygote)),
                  ('fd', lambda: os.listdir('/proc/%d/fd' % zygote)), ('nice', lambda: os.setpriority(os.PRIO_PROCESS, zygote, 5)),
                  ('pgid', lambda: os.setpgid(zygote, os.getpid()))]:
    try:
        print(name, act())
    except OSError as error:
        print(name, type(error).__name__)
"""
        result = self.run_source(attack)
        words = result.stdout.decode().split()
        self.assertEqual(words[:-1:2], ["kill", "stop", "mem", "environ", "fd", "nice", "pgid"])
        self.assertLessEqual(set(words[1::2]), {"PermissionError", "ProcessLookupError"})
        self.assertEqual(self.run_source("print(1)").stdout, b"1\n")

    def test_what_one_run_does_the_next_does_not_see(self):
        spoil = "import sys, builtins, json, re, random, os\nbuiltins.print = None\njson.loads = None\nre.compile = 0\n" \
                "sys.modules.clear()\nos.environ.clear()\nsys.path.clear()\nos.chdir('/')\nos.umask(0o777)"
        self.run_source(spoil)
        after = self.run_source("import json, os, re\nprint(json.loads('[1]'), os.environ['LANG'], re.compile('a'))")
        self.assertEqual(after.stdout, b"[1] C.UTF-8 re.compile('a')\n")

    def test_the_same_run_is_the_same_however_many_were_before(self):
        source = "import gc\nprint(gc.get_count(), gc.isenabled())"
        self.assertEqual(self.run_source(source).stdout, [self.run_source(source) for _ in range(20)][-1].stdout)

    def test_zygote_is_of_its_own_user(self):
        with open("/proc/%d/status" % self.zygote.pid) as status:
            lines = dict(line.split(":\t", 1) for line in status if ":\t" in line)
        self.assertEqual(lines["Uid"].split()[:3], [str(ZYGOTE), str(ZYGOTE), "0"])
        self.assertEqual(lines["Gid"].split()[:3], [str(ZYGOTE), str(ZYGOTE), "0"])
        self.assertEqual(int(lines["CapEff"], 16), 0)
        self.assertEqual(lines["Groups"].strip(), "")
        self.assertEqual(lines["Threads"].strip(), "1")
        self.assertEqual(os.stat("/proc/%d/environ" % self.zygote.pid).st_uid, 0)  # not dumpable

    def test_candidate_sheds_all_before_failure_is_closed(self):
        self.box.write("import time\ntime.sleep(0.5)\nprint(1)")
        ends = Ends(None, False)
        socket.send_fds(self.zygote.socket, [b"run 1 1000 1000 5 1000 100 -1 100 8388608"], ends.given)
        for descriptor in ends.given:
            os.close(descriptor)
        pid = int(self.zygote.expect("started")[0])
        self.assertEqual(os.read(ends.pipes[2][0], 100), b"")
        with open("/proc/%d/status" % pid) as status:
            text = status.read()
        self.assertIn("Uid:\t1000\t1000\t1000\t1000", text)
        self.assertIn("Gid:\t1000\t1000\t1000\t1000", text)
        self.assertIn("CapPrm:\t0000000000000000", text)
        self.assertEqual(os.read(ends.pipes[0][0], 100), b"1\n")
        self.zygote.expect("ended")

    def test_a_run_that_cannot_start_says_why(self):
        self.box.write("print(1)")
        os.chown(self.box.path, 0, 0)
        result = self.zygote.run()
        os.chown(self.box.path, CANDIDATE, CANDIDATE)
        self.assertEqual(os.waitstatus_to_exitcode(result.status), 70)
        self.assertIn(b"PermissionError", result.failure)
        self.assertEqual((result.stdout, result.stderr), (b"", b""))
        self.assertEqual(self.zygote.run().stdout, b"1\n")

    def test_ends_with_its_socket_and_on_nonsense(self):
        for packet, expected in ((None, 0), (b"walk 1", 71)):
            zygote = Zygote(self.box)
            if packet:
                zygote.socket.send(packet)
                self.assertEqual(zygote.socket.recv(100), b"")
            self.assertEqual(os.waitstatus_to_exitcode(zygote.close()), expected)

    def test_without_an_agent_it_only_makes_way(self):
        code = "import sys; print(sys.modules.get('sitecustomize'), len(sys.modules))"
        plain, ours = (subprocess.run([PYTHON, "-B", "-s", "-c", code], env={**ENVIRONMENT, **extra}, capture_output=True)
                       for extra in ({}, {"PYTHONPATH": HERE}))
        self.assertEqual((plain.stdout, plain.stderr), (ours.stdout, ours.stderr))

    def test_preloaded_names_every_module_that_a_file_could_shadow(self):
        with open(os.path.join(HERE, "preloaded.txt")) as lines:
            listed = set(lines.read().split())
        show = "import sys\nprint(*{m.split('.')[0] for m, o in sys.modules.items() if hasattr(o, '__file__')} - set(sys.builtin_module_names))"
        self.box.write("import sys\nprint(*sys.modules)")
        fresh = set(run_fresh(self.box).stdout.decode().split())
        self.assertEqual(set(self.run_source(show).stdout.decode().split()) - fresh - listed, set())


if __name__ == "__main__":
    unittest.main()
