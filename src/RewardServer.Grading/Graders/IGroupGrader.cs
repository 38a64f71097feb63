using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders;

/// <summary>
/// A check of a completion against the others of its group. It runs once every grader that looks at items alone has graded the whole
/// group, and sees what they found.
/// </summary>
public interface IGroupGrader : IComponentGrader
{
    /// <summary>Grades a group of completions of one prompt.</summary>
    /// <param name="group">The group's completions that are in the call; at least one. Their order changes no verdict.</param>
    /// <returns>A verdict for each, in the same order.</returns>
    ImmutableArray<Verdict> Grade(ImmutableArray<GroupMember> group);
}

/// <summary>One completion of a group.</summary>
/// <param name="Item">The item; its completion has a text.</param>
/// <param name="Verdicts">What the components that look at items alone found of it.</param>
public sealed record GroupMember(Item Item, Verdicts Verdicts);
