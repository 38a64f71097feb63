using System.Collections.Immutable;

namespace RewardServer.Grading.Completions;

/// <summary>A problem whose answer is a program.</summary>
/// <param name="Language">The program's language, by its name in <c>GET /v1/languages</c>: "python".</param>
/// <param name="Tests">What the program must pass; each runs in a process of its own. May be empty where tests are generated.</param>
/// <param name="Limits">What each test may use; defaults where silent.</param>
public sealed record CodeTask(string Language, ImmutableArray<TestCase> Tests, TestLimits? Limits = null) : GradingTask
{
    /// <summary>The most tests of one task.</summary>
    public const int MostTests = 1000;

    /// <summary>How outputs are compared in tests that do not say it.</summary>
    public Checker? Checker { get; init; }

    /// <summary>The groups that tests name, with their points; where silent, those that are named, of one point each.</summary>
    public ImmutableArray<TestGroup> Groups { get; init; } = [];

    /// <summary>A solution that is known to be right: for generated tests, and to compare speed with.</summary>
    public ProgramSource? Reference { get; init; }

    /// <summary>How fast a reference was, where it is not at hand.</summary>
    public SpeedBaseline? Baseline { get; init; }

    /// <summary>Tests that a program makes, beside those that are given.</summary>
    public GeneratedTests? Generated { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() => Errors();

    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors() => CodeTaskErrors.Of(this);
}
