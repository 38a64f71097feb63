using System.Diagnostics;
using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Benchmarks;

/// <summary>Whether verdicts are those of plain processes: a program and its test run by a bare interpreter, its exit code and output looked at.</summary>
internal static class PairsCheck
{
    public static async Task<int> RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("pairs");
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, default);
        var (rubric, errors) = new RubricCompiler(new(pool)).Compile(new RubricDefinition { Components = [new() { Grader = "accuracy" }] });
        var grader = new SetGrader(pool.Slots, (item, fault) => Console.Error.WriteLine($"{item.Id}: {fault}"));
        var (different, passed, index) = (0, 0, 0);
        foreach (var pair in PythonPairs.Make(count, (script, stdin) => Plain(folder, script, stdin).Stdout).ToList())
        {
            var (exitCode, stdout) = Plain(folder, pair.Script, pair.Stdin);
            var plain = exitCode == 0 && (pair.Expected is null || Lines(stdout).SequenceEqual(Lines(pair.Expected)));
            var item = new Item
            {
                Id = (index++).ToString(CultureInfo.InvariantCulture),
                Prompt = "?",
                Completion = $"```python\n{pair.Source}\n```",
                Task = new CodeTask("python", [pair.Test]),
            };
            var graded = await grader.GradeAsync(rubric ?? throw new InvalidOperationException(errors[0].Message), item, default);
            passed += plain ? 1 : 0;
            if (graded.Reward != (plain ? 1 : 0))
            {
                different++;
                Console.WriteLine($"--- {item.Id}: plain {(plain ? "passes" : "fails")}, graded {graded.Reward?.ToString(CultureInfo.InvariantCulture) ?? graded.Outcome.ToString()}: {graded.Reason ?? graded.Components[0].Reason}\n{pair.Source}\n{pair.Test}\n{pair.Script}");
            }
        }

        folder.Delete(recursive: true);
        Console.WriteLine($"{count} pairs, of which {passed} pass in plain processes; {different} verdicts differ");
        return different == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Lines(string text) => text.TrimEnd().Split('\n').Select(line => line.TrimEnd());

    private static (int ExitCode, string Stdout) Plain(DirectoryInfo folder, string script, string stdin)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "main.py"), script);
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", "-s", "main.py"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["PYTHONHASHSEED"] = "0";
        start.Environment["LANG"] = "C.UTF-8";
#pragma warning disable RS0030 // What the sandbox is compared with must run outside of it. The programs are ours, and harmless.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            process.StandardInput.Write(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        var stdout = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, stdout);
    }
}
