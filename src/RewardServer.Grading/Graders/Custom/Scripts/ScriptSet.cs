using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>The scripts of a server, compiled and ready.</summary>
public sealed class ScriptSet : IAsyncDisposable
{
    private readonly FrozenDictionary<string, Script> scripts;

    private ScriptSet(IEnumerable<Script> scripts)
    {
        this.scripts = scripts.ToFrozenDictionary(script => script.Name, StringComparer.Ordinal);
        Names = [.. this.scripts.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>No scripts.</summary>
    public static ScriptSet None { get; } = new([]);

    /// <summary>The scripts' names, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Compiles scripts, each once, and starts a process for each.</summary>
    /// <param name="settings">The scripts' settings by their names; without errors.</param>
    /// <param name="command">How processes are started that compile and run them.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <returns>The scripts, and everything that is wrong with any of them, each beginning with the script's name; where anything is, there are none.</returns>
    public static async Task<(ScriptSet Scripts, ImmutableArray<string> Errors)> StartAsync(
        IReadOnlyDictionary<string, ScriptOptions> settings, ScriptCommand command, TimeProvider time, CancellationToken cancellation)
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        var scripts = new List<Script>();
        await using var compiler = new ScriptCompiler(command, time);
        try
        {
            foreach (var (name, options) in settings.OrderBy(script => script.Key, StringComparer.Ordinal))
            {
                var (compiled, found) = await compiler.CompileAsync(options.Path, cancellation).ConfigureAwait(false);
                errors.AddRange(found.Select(error => $"{name}: {error}"));
                if (compiled is not null)
                {
                    scripts.Add(new(name, options, compiled, command, time));
                }
            }

            foreach (var script in scripts)
            {
                errors.AddRange((await script.WarmAsync(cancellation).ConfigureAwait(false) is { } fault ? [$"{script.Name}: {fault}"] : Array.Empty<string>()));
            }
        }
        catch
        {
            // Whatever ends the start, it goes on to the caller, and no process is left behind.
            await EndAsync(scripts).ConfigureAwait(false);
            throw;
        }

        if (errors.Count == 0)
        {
            return (new(scripts), []);
        }

        await EndAsync(scripts).ConfigureAwait(false);
        return (None, errors.ToImmutable());
    }

    /// <summary>The script with that name; null where there is none.</summary>
    public Script? Find(string name) => scripts.GetValueOrDefault(name);

    /// <summary>Ends their processes.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(scripts.Values).ConfigureAwait(false);

    private static async Task EndAsync(IEnumerable<Script> scripts)
    {
        foreach (var script in scripts)
        {
            await script.DisposeAsync().ConfigureAwait(false);
        }
    }
}
