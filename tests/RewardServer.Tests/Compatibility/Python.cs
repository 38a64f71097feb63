using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RewardServer.Tests.Compatibility;

/// <summary>This machine's own Python, with the client of <c>src/clients/python</c> at hand.</summary>
internal static partial class Python
{
    private static readonly string Client = Path.Combine(Repository.Root, "src", "clients", "python");

    private static readonly string Checks = Path.Combine(Repository.Root, "tests", "RewardServer.Tests", "Compatibility", "python");

    private static readonly Lazy<string?> Missing = new(WhyMissing);

    /// <summary>The names of a file's checks: its functions but for those whose names begin with an underscore.</summary>
    public static TheoryData<string> ChecksOf(string file) =>
        new(Check().Matches(File.ReadAllText(Path.Combine(Checks, file))).Select(match => match.Groups[1].Value));

    /// <summary>Skips the test where there is no Python, or one that is too old.</summary>
    public static void Need() => Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");

    /// <summary>Runs one check of a file to its end, which must be a good one.</summary>
    /// <param name="file">The file, below <c>python/</c>.</param>
    /// <param name="check">The check's name.</param>
    /// <param name="url">The server that it asks.</param>
    /// <param name="onLine">Told of each line that it prints.</param>
    public static async Task HoldsAsync(string file, string check, string url, Func<string, Task>? onLine = null)
    {
        Need();
        var (code, output, error) = await RunAsync([Path.Combine(Checks, file), url, check], onLine);
        Assert.True(code == 0 && output.EndsWith("held\n", StringComparison.Ordinal), $"{check} ended with {code}\n{output}\n{error}");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, Func<string, Task>? onLine = null)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = "";
        try
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                output += line + "\n";
                await (onLine?.Invoke(line) ?? Task.CompletedTask);
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PYTHONPATH"] = Client;
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        // Nothing that it makes stands in the source tree.
        start.Environment["PYTHONPYCACHEPREFIX"] = Path.Combine(Path.GetTempPath(), "rewardserver-tests", "pycache");
        start.Environment.Remove("REWARDSERVER_API_KEY");
#pragma warning disable RS0030 // The one place where these tests start an interpreter.
        return Process.Start(start)!;
#pragma warning restore RS0030
    }

    private static string? WhyMissing()
    {
        try
        {
            using var process = Start(["-c", "import sys; print('.'.join(map(str, sys.version_info[:2]))); sys.exit(sys.version_info < (3, 9))"]);
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"python3 is {version}, and the client needs 3.9";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"no python3: {missing.Message}";
        }
    }

    [GeneratedRegex(@"^def ([a-z]\w*)\(", RegexOptions.Multiline)]
    private static partial Regex Check();
}
