using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Interpreters;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>What <c>POST /execute</c> takes (nemo_skills/code_execution/sandbox.py, LocalSandbox._prepare_request).</summary>
internal sealed record NemoRequest
{
    private const long MostCharacters = 16 << 20;

    /// <summary>The code.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public required string GeneratedCode { get; init; }

    /// <summary>What a program in python reads; cells and shell read nothing.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? StdInput { get; init; }

    /// <summary>How long it may run, in seconds; 10 where silent.</summary>
    public JsonElement? Timeout { get; init; }

    /// <summary>ipython where silent.</summary>
    public string? Language { get; init; }

    /// <summary>How many characters of each output come back; 1000 where silent.</summary>
    public double? MaxOutputCharacters { get; init; }

    /// <summary>How a cell's error is printed: Minimal, Plain (where silent), Context or Verbose.</summary>
    public string? TracebackVerbosity { get; init; }

    /// <summary>Its language.</summary>
    [JsonIgnore]
    public string Name => Language ?? "ipython";

    /// <summary>Its time, in seconds.</summary>
    [JsonIgnore]
    public double Seconds => Timeout is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var seconds) ? seconds
        : Timeout is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } ? 10
        : double.NaN;

    /// <summary>Its time as the client spells it, for what is told of it.</summary>
    [JsonIgnore]
    public string SecondsText => Timeout is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : "10.0";

    /// <summary>How many characters come back.</summary>
    [JsonIgnore]
    public int Characters => (int)Math.Min(MostCharacters, MaxOutputCharacters ?? 1000);

    /// <summary>How its error is printed.</summary>
    [JsonIgnore]
    public CellTraceback Traceback => Enum.TryParse<CellTraceback>(TracebackVerbosity ?? "Plain", ignoreCase: true, out var mode) ? mode : CellTraceback.Plain;

    /// <summary>Everything that is wrong with it, by its member.</summary>
    public IEnumerable<(string Path, string Message)> Errors()
    {
        if (GeneratedCode is null)
        {
            yield return ("generated_code", "must not be null");
        }

        if (Seconds is not (> 0 and <= Cell.MostSeconds))
        {
            yield return ("timeout", $"must be above 0 and at most {Cell.MostSeconds} s");
        }

        if (MaxOutputCharacters is not (null or >= 0))
        {
            yield return ("max_output_characters", $"must be at least 0, but is {MaxOutputCharacters}");
        }

        if (TracebackVerbosity is { } verbosity && !Enum.GetNames<CellTraceback>().Contains(verbosity, StringComparer.OrdinalIgnoreCase))
        {
            yield return ("traceback_verbosity", $"'{verbosity}' is not one of {string.Join(", ", Enum.GetNames<CellTraceback>())}");
        }
    }
}
