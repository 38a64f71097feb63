using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Jobs.Replaying;

/// <summary>What kind of change it is; of several the first counts.</summary>
public enum ChangeKind
{
    /// <summary>The results have a line that the input has not.</summary>
    NotInInput,

    /// <summary>The input has a row, or a completion of a row, that the results have not; it is not graded.</summary>
    NotInResults,

    /// <summary>The input's completion is another: its name or its length differs.</summary>
    OtherInput,

    /// <summary>It is scored and was not, or the other way round.</summary>
    Outcome,

    /// <summary>The reward.</summary>
    Reward,

    /// <summary>A component's score or outcome, or which components there are; the reward is the same.</summary>
    Score,

    /// <summary>Only a reason, or a signal.</summary>
    Reason,
}

/// <summary>A sample that is graded otherwise than it was, or that one side has not.</summary>
/// <param name="Row">The number of its row in the input.</param>
/// <param name="Sample">Which of the row's completions, from 0.</param>
/// <param name="Id">Its name; null where nothing of it is known but its row.</param>
/// <param name="Kind">What has changed.</param>
public sealed record ReplayChange(long Row, int Sample, string? Id, ChangeKind Kind)
{
    /// <summary>What it was; absent where the results have it not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplayedItem? Was { get; init; }

    /// <summary>What it is now; absent where the input has it not, or where it was not graded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplayedItem? Now { get; init; }
}

/// <summary>What one grading found, as far as it can be compared with another.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reward">The scalar.</param>
/// <param name="Reason">Why there is no reward.</param>
public sealed record ReplayedItem(string Outcome, double? Reward, string? Reason)
{
    /// <summary>The components; in a change those that differ.</summary>
    public ImmutableArray<ReplayedComponent> Components { get; init; } = [];
}

/// <summary>What one component found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Score">Its score.</param>
/// <param name="Reason">Why.</param>
/// <param name="Signals">Why the completion is suspect, in order, with commas.</param>
public sealed record ReplayedComponent(string Name, string Outcome, double? Score, string? Reason, string Signals);
