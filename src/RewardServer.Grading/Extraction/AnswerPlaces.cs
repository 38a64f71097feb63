using System.Collections.Immutable;

namespace RewardServer.Grading.Extraction;

/// <summary>Where an answer may stand in a response.</summary>
public enum AnswerPlace
{
    /// <summary>The last <c>\boxed{…}</c> or <c>\fbox{…}</c>.</summary>
    Boxed,

    /// <summary>The line after the last <c>####</c>.</summary>
    Hash,

    /// <summary>The whole content of the last answer tags.</summary>
    AnswerTag,

    /// <summary>What follows the last "the answer is", "Final answer:" and the like, to the end of its sentence.</summary>
    Phrase,

    /// <summary>The whole response, where it is one short line and no sentence.</summary>
    BareAnswer,

    /// <summary>The last maths environment: <c>$…$</c>, <c>$$…$$</c>, <c>\(…\)</c>, <c>\[…\]</c>, <c>equation</c>, <c>align</c>.</summary>
    Environment,

    /// <summary>The last number.</summary>
    LastNumber,
}

/// <summary>The places where an answer is looked for, the first that holds one deciding.</summary>
/// <param name="Order">The places in order.</param>
public sealed record AnswerPlaces(ImmutableArray<AnswerPlace> Order)
{
    /// <summary>Only where an answer is marked as one: a box, <c>####</c>, answer tags.</summary>
    public static AnswerPlaces Marked { get; } = new([AnswerPlace.Boxed, AnswerPlace.Hash, AnswerPlace.AnswerTag]);

    /// <summary>Wherever a response may have its answer: marked, else said to be one, else the last mathematics, else the last number.</summary>
    public static AnswerPlaces WholeResponse { get; } = new(
        [.. Marked.Order, AnswerPlace.Phrase, AnswerPlace.BareAnswer, AnswerPlace.Environment, AnswerPlace.LastNumber]);
}
