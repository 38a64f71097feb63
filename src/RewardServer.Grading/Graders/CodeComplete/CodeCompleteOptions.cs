using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.CodeComplete;

/// <summary>Options of the grader "code-complete".</summary>
public sealed record CodeCompleteOptions
{
    /// <summary>An earlier component that has looked at the same program; "accuracy" where silent and there is one.</summary>
    public string? Of { get; init; }

    /// <summary>What a program earns of which only its run would tell whether it is whole; from 0 to 1.</summary>
    public double Unknown { get; init; }

    /// <summary>How a program is found in a response, where no earlier component has found it.</summary>
    public ExtractionRules Extraction { get; init; } = ExtractionRules.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public CodeCompleteOptions Checked()
    {
        var (member, error) = !(Unknown is >= 0 and <= 1) ? ("unknown", "must be from 0 to 1")
            : Extraction.Errors().Select(error => ($"extraction.{error.Member}", error.Error)).FirstOrDefault();
        return member is null ? this : throw new JsonException(error, $"$.{member}", null, null);
    }
}
