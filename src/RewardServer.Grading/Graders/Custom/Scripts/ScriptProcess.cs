using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>A child process that compiles or runs scripts: it is asked one thing at a time, over its standard input and output.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CrashMessage crash = new();
    private readonly Process process;
    private readonly Task errors;
    private readonly TimeProvider time;

    private ScriptProcess(Process process, TimeProvider time)
    {
        (this.process, this.time) = (process, time);
        errors = crash.ReadAsync(process.StandardError);
    }

    /// <summary>Starts one.</summary>
    /// <param name="command">How.</param>
    /// <param name="role">What for.</param>
    /// <param name="folder">Where it works; null for the server's own working folder.</param>
    /// <param name="memoryMb">The most memory of its objects, in MiB; null for no limit.</param>
    /// <param name="time">Tells the time.</param>
    /// <exception cref="ScriptBrokenException">It cannot be started.</exception>
    public static ScriptProcess Start(ScriptCommand command, string role, string? folder, int? memoryMb, TimeProvider time)
    {
        var start = new ProcessStartInfo(command.Program, [.. command.Arguments, role])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        SetRuntime(start.Environment, memoryMb);
        try
        {
#pragma warning disable RS0030 // The one place where scripts' processes start: the server's own program, in another role.
            return new(Process.Start(start)!, time);
#pragma warning restore RS0030
        }
        catch (System.ComponentModel.Win32Exception refused)
        {
            throw new ScriptBrokenException($"could not be started: {refused.Message}");
        }
    }

    /// <summary>Sends a message and waits for the answer.</summary>
    /// <param name="question">The message.</param>
    /// <param name="most">The most bytes of the answer.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the waiting, and with it the use of the process.</param>
    /// <exception cref="ScriptBrokenException">It gave none.</exception>
    public async Task<TAnswer> AskAsync<TQuestion, TAnswer>(TQuestion question, int most, TimeSpan limit, CancellationToken cancellation)
    {
        var frame = ScriptFrames.Of(question);
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await SendAsync(frame, either.Token).ConfigureAwait(false);
            var answer = await ScriptFrames.ReadAsync(process.StandardOutput.BaseStream, most, either.Token).ConfigureAwait(false);
            return answer is not null ? ScriptFrames.Message<TAnswer>(answer) : throw new ScriptBrokenException(await EndAsync().ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ScriptBrokenException(string.Create(CultureInfo.InvariantCulture, $"did not answer within {limit.TotalSeconds} s"));
        }
        catch (Exception garbage) when (garbage is InvalidDataException or JsonException or IOException)
        {
            throw new ScriptBrokenException("wrote to the server's pipe what is no answer");
        }
    }

    /// <summary>Kills it, with whatever it has started, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        // Not the writer above it, which would flush, and throw where the other end is gone.
        await process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        process.StandardOutput.Dispose();
        // A process that the script has left behind may hold the other end for as long as it likes.
        await Task.WhenAny(errors, Task.Delay(Patience, time)).ConfigureAwait(false);
        process.StandardError.Dispose();
        process.Dispose();
    }

    // Memory follows what a script holds, not the machine; and nothing of it is left in the folder for temporary files.
    private static void SetRuntime(IDictionary<string, string?> environment, int? memoryMb)
    {
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_DbgEnableMiniDump"] = "0";
        environment.Remove("DOTNET_GCHeapHardLimitPercent");
        if (memoryMb is { } most)
        {
            environment["DOTNET_GCHeapHardLimit"] = (most * 1024L * 1024L).ToString("x", CultureInfo.InvariantCulture);
        }
    }

    private async Task SendAsync(byte[] frame, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(frame, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw new ScriptBrokenException(await EndAsync().ConfigureAwait(false)) { Unasked = true };
        }
    }

    // How it ended: it has closed its pipe.
    private async Task<string> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            await errors.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!process.HasExited)
        {
            return "closed the server's pipe";
        }
        catch (OperationCanceledException)
        {
            // What it left behind still holds its standard error; what it said itself is there.
        }

        return string.Create(CultureInfo.InvariantCulture, $"ended its process with exit code {process.ExitCode}{(crash.Line is { } line ? $": {line}" : "")}");
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or AggregateException)
        {
            // It had ended, or one of its own children had.
        }
    }
}
