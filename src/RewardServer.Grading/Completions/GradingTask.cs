using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>What the model was asked, with what is needed to check its answer. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MathTask), "math")]
[JsonDerivedType(typeof(CodeTask), "code")]
[JsonDerivedType(typeof(JudgeTask), "judge")]
[JsonDerivedType(typeof(LogicTask), "logic")]
public abstract record GradingTask;

/// <summary>A problem with a mathematical answer.</summary>
/// <param name="Answer">The right answer (the gold): LaTeX or plain text, without the way to it.</param>
public sealed record MathTask(
    [property: JsonConverter(typeof(LenientTextConverter))] string Answer) : GradingTask;
