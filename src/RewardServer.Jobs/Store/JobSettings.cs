using System.Collections.Immutable;

namespace RewardServer.Jobs.Store;

/// <summary>What the caller asked for with a job's rows.</summary>
/// <param name="Rubric">The rubric, as it was named.</param>
/// <param name="Set">The data set whose rows they are; null to tell each row's by its columns.</param>
/// <param name="Map">Which column of the rows stands for a column of the set, by the set's name of it.</param>
/// <param name="Deduplicate">Whether an answer that was graded before for an equal task is not worked on again.</param>
public sealed record JobSettings(string Rubric, string? Set, ImmutableSortedDictionary<string, string> Map, bool Deduplicate);
