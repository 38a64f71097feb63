using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders;

/// <summary>Looks for a completion's answer, and says why there is none.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
/// <param name="whole">Whether a sentence between answer tags is the answer itself, and not only what is mathematics or a number in it.</param>
internal sealed class AnswerSearch(ThinkTags tags, AnswerPlaces places, bool whole)
{
    /// <summary>The answer that the response settles on; null where there is none.</summary>
    public FinalAnswer? Find(Item item) => Find(item, isWhole: true);

    /// <summary>The answer that the response had come to where it was cut off, and that may be a part of one; null where there is none.</summary>
    public FinalAnswer? CutOff(Item item) => item.Truncated ? Find(item, isWhole: false) : null;

    /// <inheritdoc cref="Find(Item)"/>
    public FinalAnswer? Find(string response) => FinalAnswer.Find(response, tags, places, whole);

    /// <summary>The answer that a gold marks, where it is a whole solution; the gold itself where it marks none.</summary>
    public string Marked(string gold) => FinalAnswer.Find(gold, tags)?.Text ?? gold;

    /// <summary>The verdict on a completion without an answer.</summary>
    public Verdict None(Item item) => CutOff(item) is not null ? WasCutOff
        : Find(Response.Of(item, tags).Thinking) is null ? None(places == AnswerPlaces.Marked) : OnlyInThinking;

    /// <summary>The verdict on a completion without an answer anywhere.</summary>
    /// <param name="marked">Whether it was looked for only where answers are marked.</param>
    public static Verdict None(bool marked) =>
        Verdict.Scored(0, marked ? "no answer was found: no box, no answer tags, no ####" : "no answer was found in the places looked in");

    /// <summary>The verdict on one that was cut off in its answer.</summary>
    public static Verdict WasCutOff { get; } = Verdict.Scored(0, "the completion was cut off by its length limit in its answer");

    /// <summary>The verdict on one that answers only in its thinking.</summary>
    public static Verdict OnlyInThinking { get; } =
        Verdict.Scored(0, "the answer stands only in the thinking") with { Signals = [Signal.AnswerOnlyInThinking] };

    private FinalAnswer? Find(Item item, bool isWhole)
    {
        var response = Response.Of(item, tags).Text;
        return Find(response) is { } found && CutOffText.Keeps(item, response, found, Find) == isWhole ? found : null;
    }
}
