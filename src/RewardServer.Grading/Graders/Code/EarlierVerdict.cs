namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// What an earlier component found of the same program, so that it is not parsed and run again: a component that runs tests, as "accuracy" does.
/// </summary>
/// <param name="component">Its name; null where there is none to ask.</param>
internal sealed class EarlierVerdict(string? component)
{
    private const string Usual = "accuracy";

    /// <summary>The component that an option names; where it is silent, "accuracy", where the rubric has one of that name before this one that runs programs.</summary>
    /// <param name="context">What the rubric gives.</param>
    /// <param name="of">The value of the option "of".</param>
    /// <exception cref="System.Text.Json.JsonException">There is no such component before this one, or it runs no programs.</exception>
    public static EarlierVerdict Named(GraderContext context, string? of) =>
        new(of is not null ? context.NeedRunner(of, "of") : context.Earlier.FirstOrDefault(earlier => earlier.Name == Usual && earlier.Grader.RunsPrograms)?.Name);

    /// <summary>Its verdict of the program; null where it has none.</summary>
    public Verdict? In(Verdicts earlier) =>
        component is not null && earlier.Of(component) is { Details: CodeDetails } verdict ? verdict : null;
}
