using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>What a person needs to see why an answer to a puzzle was right or wrong.</summary>
/// <param name="Extracted">The text that the answer was read in; null where none was found.</param>
/// <param name="Source">Where it stood: "answer-tag", "boxed", "text".</param>
/// <param name="Read">The answer as it was read; null where the text holds none.</param>
/// <param name="Broken">The constraints that it breaks, at most 16; where it holds no answer, why.</param>
public sealed record LogicDetails(string? Extracted, string? Source, string? Read, ImmutableArray<string> Broken);
