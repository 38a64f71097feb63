using System.Diagnostics;

namespace RewardServer.Tests.Cli;

/// <summary>The executable itself, as a person runs it.</summary>
internal sealed class RewardServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private RewardServerProcess(Process process) => this.process = process;

    public StreamReader Output => process.StandardOutput;

    public StreamReader Error => process.StandardError;

    public StreamWriter Input => process.StandardInput;

    public int Id => process.Id;

    /// <summary>Starts it in a folder of its own.</summary>
    public static RewardServerProcess Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts it with settings, named as in the configuration.</summary>
    public static RewardServerProcess Start(Dictionary<string, string?> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rewardserver.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

#pragma warning disable RS0030 // The one place where these tests start the program under test.
        return new(Process.Start(start)!);
#pragma warning restore RS0030
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] arguments) => RunAsync([], input, arguments);

    /// <summary>Runs it to its end with settings, named as in the configuration.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string?> settings, string input, params string[] arguments)
    {
        await using var program = Start(settings, arguments);
        var output = program.process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = program.process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.process.StandardInput.WriteAsync(input);
        program.process.StandardInput.Close();
        await program.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.process.ExitCode, await output, await error);
    }

    /// <summary>Reads lines until one holds the text.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await Output.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"ended without '{text}': {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    /// <summary>Asks it to end as Ctrl-C does, and waits for its end.</summary>
    /// <returns>Its exit code, and what it wrote to standard error.</returns>
    public async Task<(int ExitCode, string Error)> InterruptAsync()
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
#pragma warning disable RS0030 // As above.
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
#pragma warning restore RS0030
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await error);
    }

    /// <summary>Reads no more of what it writes, and waits for its end.</summary>
    /// <returns>Its exit code, and what it wrote to standard error.</returns>
    public async Task<(int ExitCode, string Error)> ReadNoMoreAsync()
    {
        process.StandardOutput.Close();
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    /// <summary>Ends it as a crash would, and waits for its end.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}
