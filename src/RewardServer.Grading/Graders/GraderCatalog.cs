using System.Collections.Immutable;
using RewardServer.Grading.Graders.Accuracy;
using RewardServer.Grading.Graders.Chain;
using RewardServer.Grading.Graders.CodeComplete;
using RewardServer.Grading.Graders.CodeFormat;
using RewardServer.Grading.Graders.CodeRuns;
using RewardServer.Grading.Graders.Custom;
using RewardServer.Grading.Graders.Efficiency;
using RewardServer.Grading.Graders.Format;
using RewardServer.Grading.Graders.GroupLength;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Graders.Language;
using RewardServer.Grading.Graders.Length;
using RewardServer.Grading.Graders.ReasoningSteps;
using RewardServer.Grading.Graders.Reflection;
using RewardServer.Grading.Graders.Repetition;
using RewardServer.Grading.Graders.Tags;
using RewardServer.Grading.Graders.Verification;

namespace RewardServer.Grading.Graders;

/// <summary>The graders that rubrics can name. A new grader is one folder beside this file and one line in it.</summary>
public static class GraderCatalog
{
    /// <summary>Every grader, in the order of the table in docs/graders.md.</summary>
    public static ImmutableArray<GraderKind> All { get; } =
    [
        AccuracyGrader.Kind,
        CodeCompleteGrader.Kind,
        CodeRunsGrader.Kind,
        EfficiencyGrader.Kind,
        FormatGrader.Kind,
        TagsGrader.Kind,
        CodeFormatGrader.Kind,
        LengthGrader.Kind,
        GroupLengthGrader.Kind,
        RepetitionGrader.Kind,
        ReasoningStepsGrader.Kind,
        ReflectionGrader.Kind,
        VerificationGrader.Kind,
        ChainGrader.Kind,
        JudgeGrader.Kind,
        LanguageGrader.Kind,
        CustomGrader.Kind,
    ];

    /// <summary>The grader with that name; null where there is none.</summary>
    public static GraderKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
