using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Jobs.Reports.Building;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Reports;

/// <summary>What a report needs of one line of results, as <c>grade</c>, jobs and <c>POST /v1/grade</c> write them. Members that are missing are taken as silent.</summary>
public sealed record GradedLine
{
    // Squares of rewards, and sums of them, must stay numbers.
    private const double LargestReward = 1e100;

    /// <summary>The item's name.</summary>
    public required string Id { get; init; }

    /// <summary>Of which problem it is: completions of one problem have one; the id where the line names none.</summary>
    public required string Group { get; init; }

    /// <summary>The number of its row in what was graded; null where the line names none.</summary>
    public long? Row { get; init; }

    /// <summary>Which of the row's completions it is, from 0.</summary>
    public long Sample { get; init; }

    /// <summary>How its grading ended: "scored", "skipped" or "failed".</summary>
    public required string Outcome { get; init; }

    /// <summary>The scalar; null where there is none.</summary>
    public double? Reward { get; init; }

    /// <summary>
    /// Whether it is right: the score of the component that tells (<see cref="RightBy"/>; <c>accuracy</c> where the line names none) is 1, or where there is no such component, the reward is above 0;
    /// null where there is no reward.
    /// </summary>
    public bool? Right { get; init; }

    /// <summary>Whether it is of a kind of task whose answers can be voted on: one with an answer to compare, and no program.</summary>
    public bool Votes { get; init; }

    /// <summary>What it answers, as it was read for the comparison, without white space; null for none, and where there is no vote.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it has no reward, or is not right; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Tokens of the completion; null where nobody counted them.</summary>
    public double? Tokens { get; init; }

    /// <summary>Characters of the completion; null where nobody counted them.</summary>
    public double? Characters { get; init; }

    /// <summary>The longest that one of its programs ran, in seconds; null where none did.</summary>
    public double? Seconds { get; init; }

    /// <summary>The most memory that one of its programs held, in MiB; null where none ran.</summary>
    public double? MemoryMb { get; init; }

    /// <summary>By what it was graded; null where the line does not say.</summary>
    public GradedBy? By { get; init; }

    /// <summary>Columns of the row it came from, such as its level, and members of its <c>meta</c> that are no objects.</summary>
    public ImmutableSortedDictionary<string, string> Columns { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Reads a line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <returns>The line, or what is wrong with it.</returns>
    public static (GradedLine? Line, string? Error) Read(JsonElement line)
    {
        if (line.Text("id") is not { } id)
        {
            return (null, "has no 'id'");
        }

        var outcome = line.Text("outcome");
        if (outcome is not ("scored" or "skipped" or "failed"))
        {
            return (null, outcome is null ? "has no 'outcome'" : $"has the outcome '{outcome}', which is none");
        }

        var reward = outcome == "scored" ? line.Number("reward") : null;
        if (outcome == "scored" && reward is null)
        {
            return (null, "is scored and has no 'reward'");
        }

        if (outcome != "scored" && line.Number("reward") is not null)
        {
            return (null, $"is {outcome} and has a 'reward'");
        }

        if (Math.Abs(reward ?? 0) > LargestReward)
        {
            return (null, $"has the reward {reward:R}, with which nothing can be reckoned");
        }

        var components = line.Member("components") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
        var judging = line.Text(RightBy.Member) ?? RightBy.Default;
        var accuracy = components.Find(component => component.Text("name") == judging);
        var isRight = accuracy.ValueKind == JsonValueKind.Object ? accuracy.Number("score") >= 1 : reward > 0;
        var measured = LineMeasures.Of(components);
        var votes = LineAnswer.Votes(accuracy);
        return (new()
        {
            Id = id,
            Group = line.Text("group") ?? id,
            Row = line.Whole("row"),
            Sample = line.Whole("sample") ?? 0,
            Outcome = outcome,
            Reward = reward,
            Right = reward is null ? null : isRight,
            Votes = votes,
            Answer = votes ? LineAnswer.Of(accuracy) : null,
            Reason = reward is not null && isRight ? null : line.Text("reason") ?? accuracy.Text("reason") ?? FirstShort(components),
            Tokens = line.Number("completionTokens"),
            Characters = line.Number("completionChars"),
            Seconds = measured.Seconds,
            MemoryMb = measured.MemoryMb,
            By = line.Text("rubric") is { } rubric ? new(rubric, line.Text("rubricHash"), line.Text("engine")) : null,
            Columns = LineColumns.Of(line),
        }, null);
    }

    private static string? FirstShort(List<JsonElement> components) =>
        components.Find(component => component.Number("weight") != 0 && component.Number("score") < 1).Text("reason");
}

/// <summary>By what lines were graded.</summary>
/// <param name="Rubric">The rubric's name and version.</param>
/// <param name="RubricHash">The hash of its definition; null where the line has none.</param>
/// <param name="Engine">The version of the program that graded; null where the line has none.</param>
public sealed record GradedBy(string Rubric, string? RubricHash, string? Engine);
