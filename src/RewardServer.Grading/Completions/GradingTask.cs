using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>What the model was asked, with what is needed to check its answer. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MathTask), "math")]
[JsonDerivedType(typeof(CodeTask), "code")]
public abstract record GradingTask;

/// <summary>A problem with a mathematical answer.</summary>
/// <param name="Answer">The right answer (the gold): LaTeX or plain text, without the way to it.</param>
public sealed record MathTask(
    [property: JsonConverter(typeof(LenientTextConverter))] string Answer) : GradingTask;

/// <summary>A problem whose answer is a program.</summary>
/// <param name="Language">The program's language, by its name in <c>GET /v1/languages</c>: "python".</param>
/// <param name="Tests">What the program must pass; each runs in a process of its own.</param>
/// <param name="Limits">What each test may use; defaults where silent.</param>
public sealed record CodeTask(string Language, ImmutableArray<TestCase> Tests, TestLimits? Limits = null) : GradingTask
{
    /// <summary>The most tests of one task.</summary>
    public const int MostTests = 1000;

    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        if (Tests.Length > MostTests)
        {
            yield return ("tests", $"must be at most {MostTests}, but there are {Tests.Length}");
            yield break;
        }

        for (var i = 0; i < Tests.Length; i++)
        {
            if (Tests[i] is null)
            {
                yield return ($"tests[{i}]", "must not be null");
            }
        }

        foreach (var (member, error) in Limits?.Errors() ?? [])
        {
            yield return ($"limits.{member}", error);
        }
    }
}
