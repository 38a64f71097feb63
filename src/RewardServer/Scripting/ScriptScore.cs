namespace RewardServer.Scripting;

/// <summary>
/// What a script returns. Numbers, truth values (1 and 0) and pairs of either with a reason become one of themselves;
/// <see cref="ScriptGlobals.Score(double, string, object, string[])"/> makes one with details and signals.
/// </summary>
/// <param name="Value">The score, within the range that the script's settings say.</param>
/// <param name="Reason">Why, in a sentence; empty for none. Of a longer one the first 1000 characters are kept.</param>
public sealed record ScriptScore(double Value, string Reason)
{
    /// <summary>What a person needs to see why: anything that becomes a JSON object; null for none.</summary>
    public object? Details { get; init; }

    /// <summary>Why the completion is suspect, by the names in docs/verdicts.md.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>A score without a reason.</summary>
    public static implicit operator ScriptScore(double value) => FromDouble(value);

    /// <summary>1 for true and 0 for false.</summary>
    public static implicit operator ScriptScore(bool value) => FromBoolean(value);

    /// <summary>A score and why.</summary>
    public static implicit operator ScriptScore((double Value, string Reason) score) => new(score.Value, score.Reason);

    /// <summary>1 for true and 0 for false, and why.</summary>
    public static implicit operator ScriptScore((bool Value, string Reason) score) => new(score.Value ? 1 : 0, score.Reason);

    /// <summary>A score without a reason.</summary>
    public static ScriptScore FromDouble(double value) => new(value, "");

    /// <summary>1 for true and 0 for false.</summary>
    public static ScriptScore FromBoolean(bool value) => new(value ? 1 : 0, "");
}
