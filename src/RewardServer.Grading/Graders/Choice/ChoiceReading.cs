using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>The choices that an answer names.</summary>
/// <param name="Labels">Their labels, each once; empty where it names none.</param>
/// <param name="Open">Whether it leaves open which of them is meant.</param>
internal sealed record ChoiceReading(ImmutableArray<string> Labels, bool Open)
{
    /// <summary>It names none.</summary>
    public static ChoiceReading None { get; } = new([], Open: false);

    /// <summary>It names one.</summary>
    public static ChoiceReading Of(string label) => new([label], Open: false);

    /// <summary>It names some, maybe more than once.</summary>
    public static ChoiceReading Of(IEnumerable<string> labels, bool open) =>
        labels.Distinct(StringComparer.Ordinal).ToImmutableArray() is var distinct ? new(distinct, open && distinct.Length > 1) : None;
}
