using System.Collections.Immutable;

namespace RewardServer.Grading.Graders;

/// <summary>Why a reward is suspect. A rubric may price signals; on their own they change no score.</summary>
public static class Signal
{
    /// <summary>The answer stands in the thinking and nowhere else.</summary>
    public const string AnswerOnlyInThinking = "answer-only-in-thinking";

    /// <summary>Several different answers stand in boxes.</summary>
    public const string SeveralAnswerBlocks = "several-answer-blocks";

    /// <summary>The response says little but what its prompt said.</summary>
    public const string CopiedPrompt = "copied-prompt";

    /// <summary>The program ended before the check had run to its end.</summary>
    public const string EarlyExit = "early-exit";

    /// <summary>Something was written to the check's own channel that the check did not write.</summary>
    public const string ForgedOutput = "forged-output";

    /// <summary>The program does what only one that is after the check itself does: it looks for it, or changes what it is made of.</summary>
    public const string CheckTampering = "check-tampering";

    /// <summary>The tests that the prompt shows passed, and others did not.</summary>
    public const string HiddenTestGap = "hidden-test-gap";

    /// <summary>The output holds more than was asked for, among which the answer is.</summary>
    public const string HedgedAnswer = "hedged-answer";

    /// <summary>The answer was too costly to compare.</summary>
    public const string Budget = "budget";

    /// <summary>The text speaks to the judge that is to judge it, or keeps it from giving a score.</summary>
    public const string JudgeInjection = "judge-injection";

    /// <summary>The program broke two fresh slots between canaries that ran well.</summary>
    public const string SlotBreaker = "slot-breaker";

    /// <summary>Every signal.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        AnswerOnlyInThinking, SeveralAnswerBlocks, CopiedPrompt, EarlyExit, ForgedOutput, CheckTampering, HiddenTestGap, HedgedAnswer, Budget, JudgeInjection,
        SlotBreaker,
    ];
}
