using System.Collections.Immutable;

namespace RewardServer.Jobs.Sets;

/// <summary>How data sets call the column that names a problem.</summary>
internal static class RowIds
{
    /// <summary>The names, the most telling first.</summary>
    public static ImmutableArray<string> Names { get; } = ["id", "ID", "task_id", "question_id", "problem_id", "unique_id", "uuid", "doc_id", "name"];

    /// <summary>The name that a row gives its problem; null where it gives none.</summary>
    /// <exception cref="RowException">It is neither text nor number.</exception>
    public static string? Of(Columns columns) => columns.TextOrNull(Names.AsSpan());
}
