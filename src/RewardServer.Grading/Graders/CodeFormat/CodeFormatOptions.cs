using System.Text.Json;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Graders.CodeFormat;

/// <summary>Options of the grader "code-format".</summary>
public sealed record CodeFormatOptions
{
    /// <summary>The language that the block must name, by its name in <c>GET /v1/languages</c>; null for the task's.</summary>
    public string? Language { get; init; }

    /// <summary>Whether nothing but one such block may stand in the response, answer tags around it apart.</summary>
    public bool Only { get; init; }

    /// <summary>Checks the language.</summary>
    /// <exception cref="JsonException">There is no such language.</exception>
    public CodeFormatOptions Checked() => Language is null || CodeLanguage.All.ContainsKey(Language)
        ? this
        : throw new JsonException(
            $"'{Language}' is no language of programs that are graded; there are: {string.Join(", ", CodeLanguage.All.Keys.Order(StringComparer.Ordinal))}",
            "$.language", null, null);
}
