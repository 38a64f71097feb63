using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A check program runs against the definitions of the candidate's.</summary>
/// <param name="Harness">
/// Source in the task's language that sees the candidate's top-level names; it passes when it runs to its end.
/// </param>
/// <param name="Prelude">
/// Definitions that the check uses and the candidate must not bring: they stand in the check's process. Where silent, what
/// the prompt itself defines (Python).
/// </param>
/// <param name="Style">How the harness is run.</param>
/// <param name="EntryPoint">The candidate's function that is handed to the harness's <c>check</c>, as in HumanEval; null where the harness calls it itself.</param>
public sealed record CheckTest(
    [property: JsonConverter(typeof(LenientTextConverter))] string Harness,
    [property: JsonConverter(typeof(LenientTextConverter))] string? Prelude = null,
    CheckStyle Style = CheckStyle.Script,
    string? EntryPoint = null) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "check";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Bytes(Harness) + Bytes(Prelude);

    /// <summary>Whether it would run to its end beside any program: it is empty, or comments alone.</summary>
    [JsonIgnore]
    internal bool ChecksNothing
    {
        get
        {
            foreach (var line in Harness.AsSpan().EnumerateLines())
            {
                var code = line.Trim().TrimEnd(';');
                // A directive of a preprocessor checks nothing either.
                if (code.Length > 0 && !code.StartsWith("#") && !code.StartsWith("//") && code is not "pass")
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>How the harness of a <see cref="CheckTest"/> is run.</summary>
public enum CheckStyle
{
    /// <summary>From its first line to its last, as HumanEval's and MBPP's are.</summary>
    Script,

    /// <summary>By pytest: its functions and classes of tests (Python).</summary>
    Pytest,

    /// <summary>By unittest: its test cases (Python).</summary>
    Unittest,
}
