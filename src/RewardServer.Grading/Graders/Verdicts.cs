using System.Collections.Immutable;

namespace RewardServer.Grading.Graders;

/// <summary>What components of a rubric found of one item, by their names, in the rubric's order.</summary>
public sealed class Verdicts
{
    private readonly ImmutableArray<(string Component, Verdict Verdict)> all;

    private Verdicts(ImmutableArray<(string Component, Verdict Verdict)> all) => this.all = all;

    /// <summary>Nothing was found yet.</summary>
    public static Verdicts None { get; } = new([]);

    /// <summary>Each component with what it found, in the rubric's order.</summary>
    public IReadOnlyList<(string Component, Verdict Verdict)> All => all;

    /// <summary>What a component found; null where it has not graded.</summary>
    public Verdict? Of(string component)
    {
        foreach (var (name, verdict) in all)
        {
            if (name == component)
            {
                return verdict;
            }
        }

        return null;
    }

    /// <summary>With what one more component found.</summary>
    public Verdicts With(string component, Verdict verdict) => new(all.Add((component, verdict)));
}
