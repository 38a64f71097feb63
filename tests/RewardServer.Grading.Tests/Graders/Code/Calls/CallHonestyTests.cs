using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

/// <summary>Programs that would pass without being right. Each would return 42 if it knew how.</summary>
public sealed class CallHonestyTests(SharedSandbox sandbox)
{
    private const string Always = "    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 42\n";

    [Theory]
    [InlineData("import sys\nsys.exit(0)")]
    [InlineData("def f(): raise SystemExit(0)")]
    [InlineData("import os\nos._exit(0)")]
    [InlineData("import os\ndef f(): os._exit(0)")]
    [InlineData("import atexit, os\natexit.register(os._exit, 0)\nraise SystemExit")]
    [InlineData("import os, threading\ndef f():\n    threading.Thread(target=os._exit, args=(0,)).start()\n    while True: pass")]
    public Task Who_exits_early_never_passes(string source) => Fails(source, TestStatus.EarlyExit, Signal.EarlyExit);

    [Theory]
    [InlineData("print('value 0 42')\nimport os\nos.write(3, b'value 0 42')\nos._exit(0)")]
    [InlineData("import os\nos.write(3, b'value ' + b'0' * 32 + b' 42')\ndef f(): return 41")]
    [InlineData("import os\nos.write(3, b'file ' + b'0' * 32)\nopen('.result', 'w').write('value 42')\nos._exit(0)")]
    [InlineData("import os\nos.write(3, b'x' * 70000)\ndef f(): return 41")]
    [InlineData("import os\nos.write(3, b'argument 0 x')\nos._exit(0)")]
    public Task A_report_that_is_not_the_driver_s_is_forged(string source) => Fails(source, TestStatus.RuntimeError, Signal.ForgedOutput);

    [Theory]
    [InlineData("class A:\n" + Always + "def f(): return A()")]
    [InlineData("class A(int):\n" + Always + "def f(): return A(41)")]
    [InlineData("class A(str):\n" + Always + "def f(): return A('41')")]
    [InlineData("class A(dict):\n" + Always + "def f(): return A()")]
    [InlineData("class A(list):\n" + Always + "    def __iter__(self): return iter([42])\ndef f(): return [A()]")]
    public Task What_equals_everything_is_seen_by_its_value(string source) => Fails(source, TestStatus.WrongAnswer, Signal.CheckTampering);

    [Theory]
    [InlineData("class A(int):\n    def __repr__(self): return '42'\n    __str__ = __int__ = __index__ = __repr__\ndef f(): return A(41)")]
    [InlineData("import json\njson.dumps = lambda *a, **k: '42'\njson.encoder.encode_basestring_ascii = lambda *a: '42'\ndef f(): return '41'")]
    [InlineData("import builtins\nbuiltins.type = lambda x: int\nbuiltins.issubclass = lambda *a: True\nbuiltins.str = lambda *a: '42'\ndef f(): return 41")]
    [InlineData("import __main__\n__main__.Encoder = None\n__main__.encode_basestring_ascii = lambda x: '42'\ndef f(): return '41'")]
    [InlineData("import sys\ndef skip(frame, event, value):\n    if event == 'line' and frame.f_code.co_name == 'encode': frame.f_lineno += 1\n    return skip\nsys.settrace(skip)\ndef f(): return 41")]
    [InlineData("def f():\n    import sys\n    frame, seen = sys._getframe(), []\n    while frame:\n        seen += [value for value in frame.f_locals.values() if type(value) is int and value == 42]\n        frame = frame.f_back\n    return seen[0] if seen else 41")]
    [InlineData("import gc\ndef f(): return 42 if any(isinstance(o, dict) and o.get('result') == 42 for o in gc.get_objects()) else 41")]
    [InlineData("import os\ndef f():\n    text = open('/proc/self/environ', 'rb').read() + open('/proc/self/cmdline', 'rb').read() + b''.join(open(n, 'rb').read() for n in os.listdir('.'))\n    return 42 if b'result\": ' + b'42' in text else 41")]
    [InlineData("import time, signal\ntime.time = time.perf_counter = lambda: 0\nsignal.setitimer(signal.ITIMER_REAL, 0.001)\nsignal.signal(signal.SIGALRM, lambda *a: print('42'))\ndef f(): return 41")]
    [InlineData("import os\nos.close(3)\ndef f(): return 41")]
    [InlineData("import os\nos.mkdir('.result')\ndef f(): return [41] * 100000")]
    [InlineData("import os\nos.symlink('candidate.py', '.result')\ndef f(): return [41] * 100000")]
    public async Task Nothing_that_it_changes_or_reads_makes_a_wrong_result_right(string source)
    {
        var report = await sandbox.Run("python", source, Call("f", "[]", "42"));
        Assert.True(report.Status is TestStatus.WrongAnswer or TestStatus.RuntimeError, $"{report.Status}: {report.Reason}");
        Assert.Equal(0, report.Score);
    }

    [Theory]
    [InlineData("def f(): return 'x' * 100_000_000", TestStatus.OutputLimit)]
    [InlineData("def f(): return [0] * 3_000_000", TestStatus.OutputLimit)]
    [InlineData("def f():\n    while True: pass", TestStatus.CpuTimeLimit)]
    [InlineData("class A(int):\n    def __eq__(self, other):\n        while True: pass\ndef f(): return A(41)", TestStatus.CpuTimeLimit)]
    public async Task What_has_no_end_is_bounded(string source, TestStatus status)
    {
        var report = await sandbox.Run("python", source, Call("f", "[]", "42"), new(CpuSeconds: 1, WallSeconds: 60));
        Assert.Equal(status, report.Status);
    }

    [Fact]
    public async Task A_program_cannot_have_itself_skipped()
    {
        const string Source = "import sys\nframe = sys._getframe()\nwhile 'nonce' not in frame.f_locals: frame = frame.f_back\nframe.f_locals['report']('argument', 'x')";
        var verdict = await sandbox.Grade("python", Source, Call("f", "[]", "42"));
        Assert.Equal((Outcome.Scored, 0), (verdict.Outcome, verdict.Score));
        Assert.Contains(Signal.ForgedOutput, verdict.Signals);
    }

    private async Task Fails(string source, TestStatus status, string signal)
    {
        var report = await sandbox.Run("python", source, Call("f", "[]", "42"));
        Assert.True(status == report.Status, $"{report.Status}: {report.Reason}");
        Assert.Equal((0, signal), (report.Score, Assert.Single(report.Signals)));
    }
}
