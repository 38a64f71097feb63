using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.CodeRuns;

/// <summary>Options of the grader "code-runs".</summary>
public sealed record CodeRunsOptions
{
    /// <summary>How tests become a score.</summary>
    public RunScoring Tests { get; init; } = RunScoring.All;

    /// <summary>An earlier component that has run the same program; "accuracy" where silent and there is one.</summary>
    public string? Of { get; init; }

    /// <summary>How a program is found in a response, where no earlier component has found it.</summary>
    public ExtractionRules Extraction { get; init; } = ExtractionRules.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public CodeRunsOptions Checked()
    {
        var (member, error) = Extraction.Errors().FirstOrDefault();
        return member is null ? this : throw new JsonException(error, $"$.extraction.{member}", null, null);
    }
}

/// <summary>How the tests on which a program runs become a score.</summary>
public enum RunScoring
{
    /// <summary>1 where it runs on all of them, else 0.</summary>
    All,

    /// <summary>The share of those on which it runs.</summary>
    Fraction,
}
