"""Programs that must do the same in a fork of the zygote as in a fresh interpreter: name -> source, or (source, stdin)."""

PROGRAMS = {
    "hello": "print('hello')",
    "empty": "",
    "traceback": "def f(x):\n    return 1 / x\n\nf(0)\n",
    "chained exceptions": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e\n",
    "exception groups of notes": "e = ValueError('a')\ngetattr(e, 'add_note', print)('note')\nraise e\n",
    "exit with text": "import sys\nsys.exit('no')",
    "exit with a number": "raise SystemExit(300)",
    "exit with nothing": "raise SystemExit",
    "exit by the built-in": "exit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "hard exit": "import os\nprint('lost')\nos._exit(9)",
    "abort": "import os\nprint('lost', flush=True)\nos.abort()",
    "own signal": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
    "atexit order": "import atexit\nfor i in range(3): atexit.register(print, i)\natexit.register(lambda: 1 / 0)\n",
    "modules at exit": "import atexit, json, re, sys\natexit.register(lambda: print(json.dumps([1]), 'json' in sys.modules))",
    "threads at exit": "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.1), print('late'))).start()\nprint('main')",
    "daemon thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()\nprint('main')",
    "exception in a thread": "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()",
    "main thread": "import threading, os, signal\nt = threading.main_thread()\n"
                   "print(t.name, t is threading.current_thread(), t.native_id == os.getpid(), threading.active_count())\n"
                   "print(threading.Thread().name)",
    "recursion": "depth = 0\ndef f():\n    global depth\n    depth += 1\n    f()\ntry: f()\nexcept RecursionError as e: print(depth, e)",
    "recursion error": "def f(): f()\nf()",
    "deep recursion": "import sys\nsys.setrecursionlimit(50000)\ndef f(n): return n and 1 + f(n - 1)\nprint(f(20000))",
    "deep recursion in a thread": "import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(1 << 27)\n"
                                  "def f(n): return n and 1 + f(n - 1)\n"
                                  "t = threading.Thread(target=lambda: print(f(50000)))\nt.start()\nt.join()",
    "sys": "import sys\nprint(sys.argv, sys.path, sys.flags, getattr(sys, 'orig_argv', 0), sys.executable, sys.prefix)\n"
           "print(sys.meta_path, sys.path_hooks, sys.getrecursionlimit(), sys.getswitchinterval(), sys.warnoptions)\n"
           "print(sorted(vars(sys)), sys.dont_write_bytecode, sys._xoptions, sys.exc_info(), sys.gettrace())",
    "path cache": "import sys\nprint([p for p in sys.path_importer_cache if 'zygote' in p or 'reward' in p])",
    "main": "import sys\nm = sys.modules['__main__']\nprint(m.__dict__ is globals(), __name__, __file__, __spec__, __loader__.__class__)\n"
            "print(dir(), sorted(globals()), __builtins__)",
    "builtins": "import builtins\nprint(sorted(vars(builtins)))",
    "sitecustomize": "import sys\nm = sys.modules.get('sitecustomize')\nprint(m and (m, sorted(vars(m))))",
    "modules only we need": "import sys\nprint([m for m in ('_socket', 'resource', 'socket', 'select') if m in sys.modules])\n"
                            "import socket, resource\nprint(socket.socketpair()[0].family, resource.getrlimit(resource.RLIMIT_CPU))",
    "collector": "import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.callbacks, gc.garbage)",
    "streams": "import sys\nfor s in sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__:\n"
               "    print(s, s.name, s.mode, s.encoding, s.errors, s.line_buffering, s.write_through, s.newlines, s.isatty(),\n"
               "          s.seekable(), s.readable(), s.writable(), s.fileno(), s.buffer, s.buffer.raw, s.buffer.raw._blksize,\n"
               "          s.buffer.raw.closefd, s._CHUNK_SIZE, sorted(vars(s)))\nprint(sys.stdin is sys.__stdin__)",
    "input": ("print(input() + input('? '))\nprint(input())", b"a\nb\n"),
    "read all": ("import sys\nprint(repr(sys.stdin.read()), repr(sys.stdin.read()))", b"a\r\nb\n\xc3\xa9\n"),
    "lines": ("import sys\nfor line in sys.stdin: print(repr(line))", b"1 2\n3 4\nend"),
    "binary input": ("import sys\nprint(sys.stdin.buffer.read())", bytes(range(256))),
    "input that is not UTF-8": ("print(ascii(input()))", b"\xff\xfe\n"),
    "empty input": ("print(input())", b""),
    "no input": "import sys\nprint(sys.stdin.read(), sys.stdin.seekable())\nprint(input())",
    "large input": ("import sys, hashlib\nd = sys.stdin.read()\nprint(len(d), hashlib.md5(d.encode()).hexdigest())", b"12345 67\n" * 120000),
    "input by the descriptor": ("import os\nprint(os.read(0, 4), open(0).read())", b"abcdefgh"),
    "input by its name": ("print(open('/dev/stdin').read())", b"abc"),
    "seek in the input": ("import sys\ni = sys.stdin\nprint(i.read(2), i.tell(), i.seek(0), i.readline(), i.tell(), i.buffer.tell())", b"abc\ndef\n"),
    "large output": "import sys\nsys.stdout.write('x' * 3000000)\nprint(1, file=sys.stderr)",
    "order of outputs": "import sys, os\nprint('a')\nos.write(1, b'b\\n')\nsys.stderr.write('c')\nos.write(2, b'd\\n')",
    "closed stdout": "import sys\nsys.stdout.close()",
    "closed descriptor": "import os\nprint('a')\nos.close(1)",
    "output that cannot be written": "print('\\ud800')",
    "report": "import os\nos.write(3, b'r')\nos.close(3)",
    "subprocess": "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'import os, sys; print(sorted(os.environ.items()), sys.path)'],"
                  " capture_output=True, text=True))",
    "multiprocessing": "import multiprocessing\ndef f(x): return x * x\nif __name__ == '__main__':\n"
                       "    q = multiprocessing.Queue()\n    p = multiprocessing.Process(target=lambda: q.put(f(7)))\n"
                       "    p.start()\n    print(q.get())\n    p.join()\n    print(p.exitcode, p.name, multiprocessing.current_process())",
    "pool": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as p: print(list(p.map(abs, [-1, -2])))",
    "fork": "import os\np = os.fork()\nif p == 0: os._exit(5)\nprint(os.waitpid(p, 0)[1])",
    "signals": "import signal\nprint([(s, signal.getsignal(s)) for s in sorted(signal.valid_signals()) if s < 32])\n"
               "print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(signal.ITIMER_REAL))",
    "locale": "import locale, sys\nprint(locale.setlocale(locale.LC_ALL), locale.getpreferredencoding(), sys.getfilesystemencoding(), sys.getdefaultencoding())",
    "environment": "import os\nprint(dict(os.environ), os.environb == {k.encode(): v.encode() for k, v in os.environ.items()})\nos.system('env | sort')",
    "descriptors": "import os\nprint([(d, os.get_inheritable(int(d))) for d in sorted(os.listdir('/proc/self/fd')) if os.path.exists('/proc/self/fd/' + d)])",
    "limits": "import resource\nprint([(n, resource.getrlimit(getattr(resource, n))) for n in sorted(dir(resource)) if n.startswith('RLIMIT_')])",
    "process": "import os\nprint(oct(os.umask(0)), os.getcwd(), os.getsid(0) == os.getpid() == os.getpgrp(), os.getresuid(), os.getresgid(), os.getgroups())",
    "capabilities": "print([l for l in open('/proc/self/status') if l[:3] in ('Cap', 'Uid', 'Gid', 'Gro', 'Sig', 'Shd')])",
    "no way back": "import os\nfor f in os.setuid, os.setgid:\n    try: f(0)\n    except OSError as e: print(e)",
    "warnings": "import warnings\nwarnings.warn('one')\nwarnings.warn('two', DeprecationWarning)\nprint(warnings.filters)",
    "warning of the compiler": "x = 1\nprint(x is 1)\nassert (x, 'y')\n",
    "unclosed file": "import warnings\nwarnings.simplefilter('always')\ndef f(): open('main.py')\nf()",
    "syntax error": "print(1)\nif x\n    y",
    "indentation error": "def f():\nx = 1",
    "not UTF-8": b"x = '\xff'\nprint(x)\n",
    "latin-1": b"# -*- coding: latin-1 -*-\nprint(ascii('\xff'))\n",
    "zero byte": b"x = 1\x00\n",
    "future": "from __future__ import annotations\ndef f(x: y): pass\nprint(f.__annotations__)",
    "pickle": "import pickle\nclass A:\n    def __init__(self): self.x = 1\nprint(pickle.dumps(A()), pickle.loads(pickle.dumps(A())).x, A)",
    "dataclasses": "from dataclasses import dataclass, field\n@dataclass(order=True)\nclass P:\n    x: int\n    y: list = field(default_factory=list)\n"
                   "print(P(1) < P(2), P(1), repr(P.__init__))",
    "typing": "from typing import *\nprint(List[int], Optional[str], get_type_hints(lambda x: x))\nclass T(NamedTuple):\n    a: int\nprint(T(1))",
    "seeded": "import random\nrandom.seed(5)\nprint(random.random(), random.sample(range(99), 5))",
    "hashes": "print(hash('abc'), {'a', 'b', 'c', 'd'}, hash((1, 2)))",
    "decimals": "from decimal import *\nprint(Decimal(1) / 3, getcontext())",
    "modules and files": "import os, sys\nopen('other.py', 'w').write('x = 5')\nimport other\nprint(other.x, other.__file__, sorted(os.listdir()))",
    "assertion": "assert 1 == 2, 'no'",
    "memory error": "x = [0] * (1 << 60)",
    "destructors": "class A:\n    def __del__(self): print('gone')\na = A()\nb = A()\nb.me = b",
    # The end: what is left to be seen when a program is over.
    "file left open by a fork": "import os\nif os.fork() == 0:\n    f = open('x', 'w'); f.write('kept')\n    g = [open('y', 'wb')]; g[0].write(b'kept')\n"
                                "else:\n    os.wait(); print(open('x').read(), open('y').read())",
    "generator left in a finally": "def g():\n    try: yield 1\n    finally: print('finally')\nx = g(); next(x)",
    "coroutine left": "async def f(): pass\nx = f()",
    "context left open": "import contextlib\n@contextlib.contextmanager\ndef c():\n    yield\n    print('never')\nx = c(); x.__enter__()",
    "destructor by another name": "A = type('A', (), {'__de' + 'l__': lambda self: print('gone')})\na = A()",
    "exit by another name": "import sys\ngetattr(sys, 'ex' + 'it')",
    "exit in a module of its own": "open('other.py', 'w').write('import sys\\nsys.exit(4)')\nimport other",
    "exit in a text": "exec('raise System' + 'Exit(5)')",
    "output closed": "import os\nprint('lost')\nos.close(1)",
    "output object closed": "import sys\nprint('kept')\nsys.stdout.close()",
    "output replaced": "import io, sys\nsys.stdout = io.StringIO()\nprint('lost')",
    "output wrapped": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'utf-16')\nprint('wide')",
    "file of one's own kind": "import io\nclass F(io.StringIO):\n    def close(self): print('closed')\nf = F()",
    "C's own output": "import ctypes\nctypes.CDLL(None).printf(b'from C')",
    "source gone": "import os\nos.remove('main.py')\nprint('still')",
    "error printed and gone on": "import sys, traceback\ntry: 1 / 0\nexcept ZeroDivisionError: traceback.print_exc()\nprint('on')",
    "exception at exit": "import atexit\n@atexit.register\ndef f(): raise ValueError('late')",
    "cycles with files": "class A: pass\na = A(); a.me = a; a.f = open('x', 'w'); a.f.write('y')\nprint('end')",
    "multiprocessing": "import multiprocessing\nif __name__ == '__main__':\n    with multiprocessing.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, 2]))",
    "numpy": "try:\n    import numpy as np\nexcept ImportError: print('none')\nelse:\n    np.random.seed(3)\n"
             "    print(np.arange(6).reshape(2, 3) @ np.ones(3), np.random.rand(2), np.random.default_rng(1).random(), np.geterr())\n"
             "    print(np.linalg.inv(np.array([[2., 1], [1, 3]])), np.array([1]) / 0)",
}

# What differs from run to run, and must: two runs through the zygote may not print the same.
UNALIKE = {
    "random": "import random\nprint(random.random(), random.getrandbits(64))",
    "numpy": "import numpy\nprint(numpy.random.rand())",
    "numpy generator": "import numpy\nprint(numpy.random.default_rng().random())",
    "uuid": "import uuid\nprint(uuid.uuid4())",
    "secrets": "import secrets\nprint(secrets.token_hex())",
    "shuffle": "import random\nx = list(range(50))\nrandom.shuffle(x)\nprint(x)",
}
