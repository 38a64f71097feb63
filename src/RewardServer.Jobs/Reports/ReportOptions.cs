using System.Collections.Immutable;

namespace RewardServer.Jobs.Reports;

/// <summary>How a report is built.</summary>
public sealed record ReportOptions
{
    /// <summary>How many columns are followed: those that are asked for, then the first that come.</summary>
    public const int MostColumns = 32;

    /// <summary>Columns, up to <see cref="MostColumns"/>, that are told whatever values they have; others are told where few values tell kinds of rows apart.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    /// <summary>The most bytes of lines that are held in memory: what is more goes to a temporary file.</summary>
    public long MemoryBytes { get; init; } = 32 << 20;

    /// <summary>Where the temporary file is made.</summary>
    public string Folder { get; init; } = Path.GetTempPath();
}
