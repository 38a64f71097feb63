using System.Text;
using System.Text.Json;
using RewardServer.Compatibility.Programs;

namespace RewardServer.Compatibility.OpenR1;

/// <summary>What <c>POST /execute_batch</c> takes (open-r1, scripts/e2b_router.py and scripts/morph_router.py).</summary>
internal sealed record ExecuteBatchRequest
{
    /// <summary>The most scripts of one call.</summary>
    public const int MostScripts = 10_000;

    // As the client's own time-out: what is above no sandbox grants.
    private const double MostSeconds = 900, MorphMargin = 4, LeastSeconds = 1;

    /// <summary>The scripts: open-r1's run a program on its tests, and their last expression is the reward.</summary>
    public required IReadOnlyList<JsonElement> Scripts { get; init; }

    /// <summary>Their languages, one a script; python where silent.</summary>
    public IReadOnlyList<string?>? Languages { get; init; }

    /// <summary>Seconds that each may run, above 0.</summary>
    public double Timeout { get; init; } = 300;

    /// <summary>Seconds; the client of MorphCloud's router waits as long for the whole answer, that of E2B's without end.</summary>
    public double RequestTimeout { get; init; } = 30;

    /// <summary>How long the answer may take. A client of E2B's gives a shorter request_timeout than timeout, and does not keep to it (src/open_r1/utils/routed_sandbox.py).</summary>
    public TimeSpan Wait() => TimeSpan.FromSeconds(
        RequestTimeout > Timeout ? Math.Clamp(RequestTimeout - MorphMargin, LeastSeconds, MostSeconds) : MostSeconds);

    /// <summary>What is wrong with it, by its member; null for nothing.</summary>
    public (string Path, string Message)? Error()
    {
        if (Scripts is null || Scripts.Count > MostScripts)
        {
            return ("scripts", Scripts is null ? "must not be null" : $"at most {MostScripts}, but there are {Scripts.Count}");
        }

        if (Languages is { } languages && languages.Count != Scripts.Count)
        {
            return ("languages", $"must have one a script, but there are {languages.Count} for {Scripts.Count}");
        }

        var wrong = Enumerable.Range(0, Scripts.Count).FirstOrDefault(i => Scripts[i].ValueKind != JsonValueKind.String, -1);
        return wrong >= 0 ? ($"scripts[{wrong}]", "must be a string")
            : !(Timeout > 0) ? ("timeout", $"must be above 0, but is {Timeout}")
            : null;
    }

    /// <summary>The programs of the scripts.</summary>
    public IReadOnlyList<TrainerProgram> Programs() => [.. Scripts.Select((script, i) =>
    {
        var (language, text) = (LanguageOf(i), TextOf(script));
        return IsPython(i)
            ? new TrainerProgram("python", PythonCell.Driver) { Files = [new(PythonCell.File, Encoding.UTF8.GetBytes(text))], WithReport = true, RunSeconds = Timeout }
            : new TrainerProgram(language, text) { RunSeconds = Timeout };
    })];

    /// <summary>Whether a script is a cell of Python's.</summary>
    public bool IsPython(int index) => ForeignLanguages.OursFor(LanguageOf(index)) == "python";

    private string LanguageOf(int index) => Languages?[index] ?? "python";

    private static string TextOf(JsonElement script)
    {
        try
        {
            return script.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no file can hold: the script's own fault, told where it is run.
            return "raise UnicodeError('the script is not Unicode')";
        }
    }
}
