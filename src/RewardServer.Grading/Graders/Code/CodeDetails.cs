using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Graders.Code;

/// <summary>What a person needs to see why a program was right or wrong.</summary>
/// <param name="Extracted">The program's main file as it was run; null where none was found.</param>
/// <param name="Rule">Which rule found it (docs/code.md); null where none was found.</param>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Tests">Each test, in the task's order, those that were generated last.</param>
public sealed record CodeDetails(string? Extracted, string? Rule, int Passed, ImmutableArray<TestReport> Tests)
{
    /// <summary>Of a response without a program.</summary>
    internal static CodeDetails None { get; } = new(null, null, 0, []);

    /// <summary>Files that the response gives and that were not put beside the program; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<LeftOutFile> LeftOut { get; init => field = value.IsDefaultOrEmpty ? default : value; }

    /// <summary>Whether the program is whole.</summary>
    public Completeness Complete { get; init; } = Completeness.Unknown;

    /// <summary>What is wrong with its text, where it is not whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SyntaxError { get; init; }

    /// <summary>What each group earned; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<GroupScore> Groups { get; init; }

    /// <summary>The program, for graders that go on where its tests end; null where none was found.</summary>
    [JsonIgnore]
    internal CandidateProgram? Program { get; init; }

    /// <summary>Whether the clock may have decided whether the program is whole.</summary>
    [JsonIgnore]
    internal bool MayDiffer { get; init; }

    /// <summary>What the generated tests follow from; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratedDetails? Generated { get; init; }
}
