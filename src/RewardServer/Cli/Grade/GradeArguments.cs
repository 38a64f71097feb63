using System.Collections.Immutable;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>What <c>grade</c> is asked for.</summary>
internal sealed record GradeArguments
{
    /// <summary>The set; "-" for standard input.</summary>
    public required string Input { get; init; }

    /// <summary>Where results go; "-" for standard output.</summary>
    public required string Output { get; init; }

    /// <summary>The rubric: a name, a file, or JSON itself.</summary>
    public required string Rubric { get; init; }

    /// <summary>The data set; null to tell each row's by its columns.</summary>
    public ISetShape? Shape { get; init; }

    /// <summary>Which columns stand for others; null for none.</summary>
    public ImmutableDictionary<string, string>? Map { get; init; }

    /// <summary>The file of the problems; null where the rows have them.</summary>
    public string? Problems { get; init; }

    /// <summary>Whether equal answers to equal tasks are each graded anew.</summary>
    public bool Anew { get; init; }

    /// <summary>Whether to go on with what the output holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether what the output holds may be lost.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Who grades; null for this process.</summary>
    public Uri? Server { get; init; }

    /// <summary>The server's key; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long the server may give no answer.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Files for the report beside the table; each ends in .html or .json.</summary>
    public ImmutableArray<string> Reports { get; init; } = [];
}
