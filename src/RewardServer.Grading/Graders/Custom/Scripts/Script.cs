using System.Globalization;
using System.Text;
using System.Threading.Channels;
using RewardServer.Grading.Graders.Custom.Input;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>
/// One script, with the processes that run it. It has places for so many as its settings allow; an item takes a place, and
/// those that wait get theirs in the order in which they came. A process that did anything else than to answer is ended, and
/// the next item in its place begins with a fresh one.
/// </summary>
public sealed class Script : IAsyncDisposable
{
    // Not the script's time: the runtime's, on a machine that may be busy.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ScriptOptions options;
    private readonly CompiledScript compiled;
    private readonly ScriptCommand command;
    private readonly TimeProvider time;
    private readonly Channel<ScriptProcess?> places;
    private readonly CancellationTokenSource stopping = new();
    private int calls;
    private int failedStarts;
    private long number;

    internal Script(string name, ScriptOptions options, CompiledScript compiled, ScriptCommand command, TimeProvider time)
    {
        (Name, this.options, this.compiled, this.command, this.time) = (name, options, compiled, command, time);
        Version = ContentKey.Of(
        [
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {options.Low} {options.High}")), compiled.Assembly,
            Encoding.UTF8.GetBytes(compiled.EntryType), Encoding.UTF8.GetBytes(compiled.EntryMethod),
        ]);
        places = Channel.CreateBounded<ScriptProcess?>(options.Processes);
        AddPlaces();
    }

    /// <summary>Its name in the configuration.</summary>
    public string Name { get; }

    /// <summary>The hash of what its verdicts follow from beside the items: its name, its range and what it was compiled to.</summary>
    public string Version { get; }

    /// <summary>The lowest and the highest score that it may give.</summary>
    public ScoreRange Range => new(options.Low, options.High);

    /// <summary>Gives an item to the script.</summary>
    /// <param name="input">The item.</param>
    /// <param name="cancellation">Ends the call, and the process that runs it.</param>
    /// <returns>The script's verdict; failed where it gave none that is valid.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict> GradeAsync(ScriptInput input, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref calls) > options.Processes + options.MaxQueued)
            {
                return Failed($"has too many items waiting: raise Scripts:{Name}:MaxQueued or Scripts:{Name}:Processes");
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, cancellation);
            return await GradeInTurnAsync(input, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed("has no more processes: the server stops");
        }
        finally
        {
            Interlocked.Decrement(ref calls);
        }
    }

    /// <summary>Ends its processes, and with them the calls that they are at.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        for (var i = 0; i < options.Processes; i++)
        {
            await EndAsync(await places.Reader.ReadAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        // Whoever comes now is told that the server stops; who disposes twice waits for nothing.
        AddPlaces();
    }

    /// <summary>Starts a first process, to know that it can be.</summary>
    /// <returns>Why it cannot; null where it can.</returns>
    internal async Task<string?> WarmAsync(CancellationToken cancellation)
    {
        var process = await places.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        try
        {
            process = await StartAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (ScriptBrokenException broken)
        {
            return broken.Message;
        }
        finally
        {
            places.Writer.TryWrite(process);
        }
    }

    private async Task<Verdict> GradeInTurnAsync(ScriptInput input, CancellationToken cancellation)
    {
        var process = await places.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        ScriptProcess? kept = null;
        try
        {
            var call = new ScriptCall(Interlocked.Increment(ref number), input);
            if (process is null || await AskAsync(process, call, cancellation).ConfigureAwait(false) is not { } answer)
            {
                await EndAsync(process).ConfigureAwait(false);
                process = null;
                process = await StartAsync(cancellation).ConfigureAwait(false);
                answer = await AskAsync(process, call, cancellation).ConfigureAwait(false) ?? throw new ScriptBrokenException("ended its process as soon as it was there");
            }

            var verdict = ScriptVerdicts.Of(answer, call.Number, Range, Name);
            kept = process;
            return verdict;
        }
        catch (ScriptBrokenException broken)
        {
            return Failed(broken.Message);
        }
        finally
        {
            try
            {
                await EndAsync(kept is null ? process : null).ConfigureAwait(false);
            }
            finally
            {
                places.Writer.TryWrite(kept);
            }
        }
    }

    // Null where the process had ended before: of that, no item is to blame that it has not seen.
    private async Task<ScriptAnswer?> AskAsync(ScriptProcess process, ScriptCall call, CancellationToken cancellation)
    {
        try
        {
            return await process.AskAsync<ScriptCall, ScriptAnswer>(
                call, ScriptAnswer.MostBytes, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellation).ConfigureAwait(false);
        }
        catch (ScriptBrokenException broken) when (broken.Unasked)
        {
            return null;
        }
    }

    private static async ValueTask EndAsync(ScriptProcess? process)
    {
        if (process is not null)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ScriptProcess> StartAsync(CancellationToken cancellation)
    {
        // Where processes die as they start, the next tries must not take the whole machine.
        if (Volatile.Read(ref failedStarts) is > 0 and var failed)
        {
            var pause = Math.Min(LongestPause.TotalMilliseconds, 100 * Math.Pow(2, Math.Min(failed, 20)));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), time, cancellation).ConfigureAwait(false);
        }

        ScriptProcess? process = null;
        try
        {
            process = ScriptProcess.Start(command, ScriptCommand.Run, Path.GetDirectoryName(Path.GetFullPath(options.Path)), options.MemoryMb, time);
            await process.AskAsync<CompiledScript, ScriptLoaded>(compiled, ScriptAnswer.MostBytes, StartLimit, cancellation).ConfigureAwait(false);
            Volatile.Write(ref failedStarts, 0);
            return process;
        }
        catch (ScriptBrokenException broken)
        {
            await EndAsync(process).ConfigureAwait(false);
            Interlocked.Increment(ref failedStarts);
            throw new ScriptBrokenException($"could not be loaded: its process {broken.Message}");
        }
        catch
        {
            // The caller gave up, or a bug of ours, which fails the component: neither may leave a process behind.
            await EndAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    private void AddPlaces()
    {
        for (var i = 0; i < options.Processes; i++)
        {
            places.Writer.TryWrite(null);
        }
    }

    private Verdict Failed(string what) => Verdict.Failed(string.Create(CultureInfo.InvariantCulture, $"the script {Name} {what}"));
}
