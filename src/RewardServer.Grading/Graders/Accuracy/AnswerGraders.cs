using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Choice;
using RewardServer.Grading.Graders.Json;
using RewardServer.Grading.Graders.Number;
using RewardServer.Grading.Graders.Pattern;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>Checks the tasks whose answer is a choice, a text, a number, JSON, or what a pattern matches.</summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">The options of the grader "accuracy".</param>
internal sealed class AnswerGraders(ThinkTags tags, AccuracyOptions options)
{
    private readonly ChoiceGrader choice = new(tags, options.AnswerPlaces);
    private readonly TextGrader text = new(tags, options.AnswerPlaces, options.Normalise);
    private readonly PatternGrader pattern = new(tags, options.AnswerPlaces);
    private readonly JsonGrader json = new(tags, options.AnswerPlaces);
    private readonly NumberGrader number = new(tags, options.AnswerPlaces, new(options.RelativeTolerance, options.AbsoluteTolerance, options.StrictUnits));

    /// <summary>Grades one item; null where its task is of another kind.</summary>
    public Verdict? Grade(Item item) => item.Task switch
    {
        ChoiceTask task => choice.Grade(item, task),
        TextTask task => text.Grade(item, task),
        PatternTask task => pattern.Grade(item, task),
        JsonTask task => json.Grade(item, task),
        NumberTask task => number.Grade(item, task),
        _ => null,
    };
}
