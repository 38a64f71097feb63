using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>When a result is the expected one. By default types must be the same, and values.</summary>
public sealed record ComparisonRules
{
    /// <summary>Whether an int and a float are the same where their values are, exactly.</summary>
    public bool NumbersByValue { get; init; }

    /// <summary>Whether a tuple is a list.</summary>
    public bool TuplesAreLists { get; init; }

    /// <summary>Whether a set is a list whose order does not count.</summary>
    public bool SetsAreLists { get; init; }

    /// <summary>Whether the order of the outermost list's elements does not count.</summary>
    public bool Unordered { get; init; }

    /// <summary>Whether upper and lower case letters are the same.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>By how much a number may differ from the expected one; keys of dicts apart, which must be the same.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>By which share of the expected number's absolute value a number may differ from it.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>Whether numbers may differ at all.</summary>
    public bool IsTolerant => AbsoluteTolerance > 0 || RelativeTolerance > 0;

    /// <summary>The rules of a test.</summary>
    /// <param name="types">How strictly it compares types.</param>
    /// <param name="checker">Its checker, of which tolerances, order and case count; null for none.</param>
    /// <param name="typesAreValues">
    /// Whether the language tells an int from a float and a tuple from a list by the value itself, as Python does. Where a
    /// declared type decides, or nothing does, they are the same.
    /// </param>
    public static ComparisonRules Of(TypeRule types, Checker? checker, bool typesAreValues) => new()
    {
        NumbersByValue = types == TypeRule.Json || !typesAreValues,
        TuplesAreLists = types == TypeRule.Json || !typesAreValues,
        SetsAreLists = types == TypeRule.Json,
        Unordered = checker?.Unordered ?? false,
        IgnoreCase = checker?.IgnoreCase ?? false,
        AbsoluteTolerance = checker?.AbsoluteTolerance ?? 0,
        RelativeTolerance = checker?.RelativeTolerance ?? 0,
    };
}
