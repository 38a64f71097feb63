using System.Text.Json;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.OpenR1;

/// <summary>
/// Runs a script as a notebook runs a cell: the value of its last expression is its result, and an exception its error. What E2B and MorphCloud
/// run are such cells, and open-r1's scripts print nothing: their reward is that value.
/// </summary>
internal static class PythonCell
{
    /// <summary>The name of the script's file.</summary>
    public const string File = "cell.py";

    /// <summary>
    /// The main program. It reports in one line; IPython's leading indentation is taken off as IPython does it. The script holds what its tests expect, and
    /// the program that it starts is the candidate's: so its file is gone before, and no process of the same user can read the main program's memory or
    /// open its descriptors in /proc.
    /// </summary>
    public const string Driver = """
        def _run_cell():
            import ast, ctypes, json, linecache, os, sys, traceback
            channel = os.dup(3)
            os.close(3)

            def leave(report):
                line = json.dumps(report, ensure_ascii=False).encode("utf-8", "replace")
                while line:
                    line = line[os.write(channel, line):]
                os._exit(0)

            try:
                prctl = ctypes.CDLL(None).prctl
                if prctl(4, *[ctypes.c_ulong(0)] * 4) != 0 or prctl(3, *[ctypes.c_ulong(0)] * 4) != 0:
                    raise OSError("the script's process can be looked into")
                with open("cell.py", encoding="utf-8", errors="replace", newline="") as file:
                    lines = file.read().replace("\r\n", "\n").split("\n")
                os.remove("cell.py")
            except Exception as fault:
                leave({"text": None, "error": None, "fault": repr(fault)})
            while lines and not lines[0].strip():
                del lines[0]
            indent = lines[0][:len(lines[0]) - len(lines[0].lstrip(" \t"))] if lines else ""
            source = "\n".join(line[len(indent):] if line.startswith(indent) else line for line in lines)
            linecache.cache["cell.py"] = len(source), None, source.splitlines(True), "cell.py"
            text = error = None
            try:
                tree = ast.parse(source, "cell.py")
                last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
                exec(compile(tree, "cell.py", "exec"), globals())
                if last is not None:
                    value = eval(compile(ast.Expression(last.value), "cell.py", "eval"), globals())
                    text = None if value is None else repr(value)[:8000]
            except BaseException as raised:
                error = {"name": type(raised).__name__, "value": str(raised)[:2000], "traceback": traceback.format_exc()[-4000:]}
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            except Exception:
                pass
            leave({"text": text, "error": error})

        _run_cell()
        """;

    /// <summary>What a cell reported; null where it was ended before: whoever ends it may have written there in its name.</summary>
    public static CellReport? ReportOf(RunResult run)
    {
        if (run.Status != RunStatus.Ok)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<CellReport>(run.Report.Span, TrainerBody.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a cell reported.</summary>
/// <param name="Text">The value of its last expression; null where it has none, or None.</param>
/// <param name="Error">The exception that ended it; null where it ran to its end.</param>
/// <param name="Fault">Why it could not be begun, which is no fault of its own; else null.</param>
internal sealed record CellReport(string? Text, CellError? Error, string? Fault = null);
