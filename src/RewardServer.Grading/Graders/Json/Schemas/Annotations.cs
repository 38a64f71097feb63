using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Keywords that allow and forbid nothing (JSON Schema 2020-12, Core 8 and Validation 7 to 9). A format is a note, too, as it is by default there.</summary>
internal static class Annotations
{
    private static readonly FrozenSet<string> Anywhere = new[]
    {
        "$comment", "$defs", "definitions", "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "example", "format",
        "contentEncoding", "contentMediaType", "contentSchema",
    }.ToFrozenSet();

    /// <summary>Whether a keyword is one.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="inRoot">Whether it stands in the outermost schema.</param>
    public static bool Are(string keyword, bool inRoot) =>
        Anywhere.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal) || (inRoot && keyword is "$schema" or "$id" or "id");
}
