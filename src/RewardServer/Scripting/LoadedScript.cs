using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Scripting;

/// <summary>A script that is loaded into this process.</summary>
internal sealed class LoadedScript
{
    private readonly Assembly assembly;
    private readonly Func<object?[], Task<ScriptScore?>> entry;

    private LoadedScript(Assembly assembly, Func<object?[], Task<ScriptScore?>> entry) => (this.assembly, this.entry) = (assembly, entry);

    /// <summary>Loads a script.</summary>
    public static LoadedScript Load(CompiledScript compiled)
    {
        var assembly = Assembly.Load(compiled.Assembly, compiled.Symbols);
        var method = assembly.GetType(compiled.EntryType, throwOnError: true)!
            .GetMethod(compiled.EntryMethod, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new(assembly, method.CreateDelegate<Func<object?[], Task<ScriptScore?>>>());
    }

    /// <summary>Runs it on an item.</summary>
    public ScriptAnswer Answer(ScriptCall call)
    {
        try
        {
            // By convention: what the script can name, and room for the script's own fields.
            var score = entry([new ScriptGlobals(call.Input), null]).GetAwaiter().GetResult();
            return score is null ? Fault(call, "ended without returning a score") : Answer(call, score);
        }
        // A process that ran out of memory is in no state to go on: it ends, and another takes its place.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Fault(call, $"threw {exception.GetType().Name}{Place(exception)}: {exception.Message}");
        }
    }

    private static ScriptAnswer Answer(ScriptCall call, ScriptScore score)
    {
        var details = score.Details is { } given ? JsonSerializer.SerializeToUtf8Bytes(given, given.GetType(), JsonSerializerOptions.Web) : null;
        return details?.Length > ScriptAnswer.MostDetails
            ? Fault(call, $"gave details of {details.Length} bytes of JSON; at most {ScriptAnswer.MostDetails} are kept")
            : new(call.Number, score.Value, Head(score.Reason ?? ""), [.. score.Signals ?? []], details is null ? null : JsonElement.Parse(details), null);
    }

    private static ScriptAnswer Fault(ScriptCall call, string what) => new(call.Number, null, "", [], null, Head(what));

    private static string Head(string text) => text.Length <= ScriptAnswer.MostReason ? text : text[..(ScriptAnswer.MostReason + 1)];

    // Of the script's own frames the innermost.
    private string Place(Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: true).GetFrames().FirstOrDefault(frame => frame.GetMethod()?.Module.Assembly == assembly)?.GetFileLineNumber() is > 0 and var line
            ? $" in line {line}"
            : "";
}
