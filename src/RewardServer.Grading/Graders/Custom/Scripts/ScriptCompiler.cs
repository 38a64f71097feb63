using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>
/// Compiles scripts in a child process: a source can be such that the compiler dies of it, by deep nesting for example,
/// and takes its process along.
/// </summary>
/// <param name="command">How the process is started.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ScriptCompiler(ScriptCommand command, TimeProvider time) : IAsyncDisposable
{
    private const int MostSourceBytes = 1 << 20, MostBytes = 64 << 20;

    // The compiler itself is translated meanwhile, on a machine that may be busy.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private ScriptProcess? process;

    /// <summary>Compiles a script.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <returns>What came of it; null with at least one error.</returns>
    public async Task<(CompiledScript? Compiled, ImmutableArray<string> Errors)> CompileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MostSourceBytes)
            {
                return (null, [$"{path} has more than {MostSourceBytes} bytes"]);
            }

            var source = new ScriptSource(file.FullName, await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false));
            process ??= ScriptProcess.Start(command, ScriptCommand.Compile, null, null, time);
            var compiled = await process.AskAsync<ScriptSource, CompiledScript>(source, MostBytes, Limit, cancellation).ConfigureAwait(false);
            return compiled.Errors.IsEmpty ? (compiled, []) : (null, compiled.Errors);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, [unreadable.Message]);
        }
        catch (ScriptBrokenException broken)
        {
            await DisposeAsync().ConfigureAwait(false);
            return (null, [$"{path} cannot be compiled: the compiler {broken.Message}"]);
        }
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync().ConfigureAwait(false);
        }
    }
}
