using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>Options of the grader "accuracy".</summary>
public sealed record AccuracyOptions
{
    /// <summary>How the tests of a program become its score.</summary>
    public TestScoring Tests { get; init; } = TestScoring.All;

    /// <summary>How a program is found in a response.</summary>
    public ExtractionRules Extraction { get; init; } = ExtractionRules.Default;

    /// <summary>Whether the tests of a program after one that earned nothing, within its group, are not run.</summary>
    public bool StopAtFirstFailure { get; init; }

    /// <summary>Where an answer that is no program is looked for, the first place that holds one deciding.</summary>
    public ImmutableArray<AnswerPlace> Places { get; init; } = AnswerPlaces.Marked.Order;

    /// <summary>The share of the gold's absolute value by which a number may differ from it; 0 asks for the exact value.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>By how much a number may differ from the gold; 0 asks for the exact value.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>Whether the elements of bare lists must come in the gold's order.</summary>
    public bool OrderedLists { get; init; }

    /// <summary>Whether a unit that the gold has must be given, and one that it has not must not.</summary>
    public bool StrictUnits { get; init; }

    /// <summary>Whether an operation that is still to be carried out, such as an integral, is no answer.</summary>
    public bool FinalValue { get; init; }

    /// <summary>What does not count when texts are compared, where their task is silent.</summary>
    public TextForm Normalise { get; init; } = TextForm.Words;

    /// <summary>The places, as the grading of answers has them: <see cref="AnswerPlaces.Marked"/> where the rubric names none.</summary>
    internal AnswerPlaces AnswerPlaces => Places == AnswerPlaces.Marked.Order ? AnswerPlaces.Marked : new(Places);

    /// <summary>The judge that decides on answers to mathematics in which no rule can read anything; null for none.</summary>
    public string? Judge { get; init; }

    /// <summary>The share of the answers that the rule decided about which the judge is asked, too, to see how often they disagree; from 0 to 1.</summary>
    public double Shadow { get; init; }

    /// <summary>The rule, with the judge beside it where one is named.</summary>
    /// <exception cref="JsonException">There is no such judge, or a value is out of its range.</exception>
    internal IGrader WithJudge(GraderContext context, IGrader rule)
    {
        if (!(Shadow >= 0 && Shadow <= 1) || (Shadow > 0 && Judge is null))
        {
            throw new JsonException(Judge is null ? "is of no use without judge" : "must be from 0 to 1", "$.shadow", null, null);
        }

        return Judge is null ? rule
            : context.Resources.Judges.Named(Judge, "$.judge") is { Prefers: false } judge ? new JudgedAccuracy(rule, context, judge, Shadow)
            : throw new JsonException($"'{Judge}' is of kind bradley-terry, which does not tell right from wrong", "$.judge", null, null);
    }

    /// <summary>The options of the grading of programs.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public CodeOptions ToCodeOptions()
    {
        var (member, error) = Extraction.Errors().FirstOrDefault();
        return member is null
            ? new() { Tests = Tests, StopAtFirstFailure = StopAtFirstFailure, Extraction = Extraction }
            : throw new JsonException(error, $"$.extraction.{member}", null, null);
    }

    /// <summary>The options of the comparison.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public MathOptions ToMathOptions()
    {
        var options = new MathOptions
        {
            RelativeTolerance = RelativeTolerance,
            AbsoluteTolerance = AbsoluteTolerance,
            OrderedLists = OrderedLists,
            StrictUnits = StrictUnits,
            FinalValue = FinalValue,
        };
        var (member, error) = Places.IsDefaultOrEmpty ? ("places", "must name at least one place") : options.Errors().FirstOrDefault();
        return member is null ? options : throw new JsonException(error, $"$.{member}", null, null);
    }
}
