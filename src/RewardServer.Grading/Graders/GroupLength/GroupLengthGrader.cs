using System.Collections.Immutable;
using RewardServer.Grading.Graders.Length;

namespace RewardServer.Grading.Graders.GroupLength;

/// <summary>
/// Rewards the short ones among the answers to one prompt: λ = 0.5 − (length − shortest) / (longest − shortest); a right answer earns λ, a
/// wrong one min(0, λ), and all 0 where they are equally long. (Kimi k1.5, arXiv:2501.12599, section 2.3.3.)
/// </summary>
/// <param name="options">What says that an answer is right.</param>
public sealed class GroupLengthGrader(GroupLengthOptions options) : IGroupGrader
{
    private readonly RightAnswer answer = new(options.Of, options.PassAt);

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<GroupLengthOptions>(
        "group-length",
        "How short a completion is among those of its group, as Kimi k1.5 rewards it.",
        (context, options) => new GroupLengthGrader(options.Checked(context)));

    /// <inheritdoc/>
    public ScoreRange Range => new(-0.5, 0.5);

    /// <inheritdoc/>
    public string Explanation => $"From 0.5 for the shortest of a group to -0.5 for the longest; above 0 only where {options.Of} is at least {options.PassAt}.";

    /// <inheritdoc/>
    public ImmutableArray<Verdict> Grade(ImmutableArray<GroupMember> group)
    {
        // Those without a verdict count for what is short and long: whether one failed changes no other's score.
        var lengths = GroupLengths.Of([.. group.Select(member => member.Item)]);
        var (shortest, longest) = (lengths.Min(length => length.Count), lengths.Max(length => length.Count));
        return [.. group.Select((member, i) => Grade(member, new(lengths[i].Count, lengths[i].Unit, shortest, longest)))];
    }

    private Verdict Grade(GroupMember member, GroupLengthDetails details)
    {
        var (right, unjudged) = answer.In(member.Verdicts);
        if (unjudged is not null)
        {
            return unjudged;
        }

        var (length, unit, shortest, longest) = details;
        var share = shortest == longest ? 0 : 0.5 - (((double)length - shortest) / ((double)longest - shortest));
        return Verdict.Scored(
            right ? share : Math.Min(0, share),
            $"{(right ? "right" : "wrong")}, and {new CompletionLength(length, unit)} long where the group has from {shortest} to {longest}") with
        {
            Details = details,
        };
    }
}

/// <summary>What the grader "group-length" counted.</summary>
/// <param name="Length">How long the completion is.</param>
/// <param name="Unit">In tokens, as the caller counted them, or in words, where it did not for every one of the group.</param>
/// <param name="Shortest">The length of the shortest of the group.</param>
/// <param name="Longest">The length of the longest.</param>
public sealed record GroupLengthDetails(int Length, LengthUnit Unit, int Shortest, int Longest);
