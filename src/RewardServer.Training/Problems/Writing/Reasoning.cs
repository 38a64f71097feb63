using System.Collections.Immutable;

namespace RewardServer.Training.Problems.Writing;

/// <summary>What stands in a completion: the thinking and the answer that it comes to.</summary>
/// <param name="Thinking">The thinking, without tags.</param>
/// <param name="Answer">The answer, without tags.</param>
internal readonly record struct Reasoning(string Thinking, string Answer)
{
    private const string ThinkOpen = "<think>", ThinkClose = "</think>", AnswerOpen = "<answer>", AnswerClose = "</answer>";

    /// <summary>What those write in the place of thinking who do not think.</summary>
    public static ImmutableArray<string> Thoughtless { get; } = ["", "easy"];

    /// <summary>The characters of the tags, of thoughtless thinking, and of others.</summary>
    public static string Alphabet(string others) =>
        string.Concat(string.Concat([ThinkOpen, ThinkClose, AnswerOpen, AnswerClose, .. Thoughtless, others]).Distinct().Order());

    /// <summary>The characters of a text of so much thinking and answer.</summary>
    public static int Length(int thinking, int answer) =>
        ThinkOpen.Length + thinking + ThinkClose.Length + AnswerOpen.Length + answer + AnswerClose.Length;

    /// <summary>The text in R1-Zero's form (DeepSeek-R1, table 1), as the grader <c>format</c> wants it.</summary>
    public override string ToString() => $"{ThinkOpen}{Thinking}{ThinkClose}{AnswerOpen}{Answer}{AnswerClose}";

    /// <summary>The text of one who stops too early: within the thinking, before the answer, or before its closing tag.</summary>
    public string Unfinished(Random random) => random.Next(3) switch
    {
        0 => ThinkOpen + Thinking[..random.Next(Thinking.Length + 1)],
        1 => ThinkOpen + Thinking + ThinkClose,
        _ => ThinkOpen + Thinking + ThinkClose + AnswerOpen + Answer,
    };
}
