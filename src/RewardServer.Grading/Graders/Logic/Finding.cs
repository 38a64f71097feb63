using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>What was found where an answer was looked for.</summary>
/// <param name="IsAnswer">Whether a complete answer of the puzzle's form can be read, right or wrong.</param>
/// <param name="Shown">The answer as it was read; empty where there is none.</param>
/// <param name="Broken">The constraints that the answer breaks; or why there is none.</param>
internal sealed record Finding(bool IsAnswer, string Shown, ImmutableArray<string> Broken)
{
    /// <summary>The most broken constraints that are told.</summary>
    public const int MostBroken = 16;

    /// <summary>Whether it leaves a choice, or says two things of one.</summary>
    public bool IsHedged { get; init; }

    /// <summary>Whether it would be an answer, were there not words beside it that hedge or deny it.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>No answer can be read.</summary>
    public static Finding None(string reason) => new(false, "", [reason]);
}
