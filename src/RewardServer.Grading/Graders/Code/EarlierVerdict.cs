namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// What an earlier component found of the same program, so that it is not parsed and run again: a component that runs tests, as "accuracy" does.
/// </summary>
/// <param name="component">Its name; null where there is none to ask.</param>
internal sealed class EarlierVerdict(string? component)
{
    private const string Usual = "accuracy";

    /// <summary>The component that an option names; where it is silent, "accuracy", where the rubric has it before this one.</summary>
    /// <param name="context">What the rubric gives.</param>
    /// <param name="of">The value of the option "of".</param>
    /// <exception cref="System.Text.Json.JsonException">There is no such component before this one.</exception>
    public static EarlierVerdict Named(GraderContext context, string? of) =>
        new(of is not null ? context.NeedEarlier(of, "of") : context.Earlier.Contains(Usual) ? Usual : null);

    /// <summary>Its verdict of the program; null where it has none, or the component is none that looks at programs.</summary>
    public Verdict? In(Verdicts earlier) =>
        component is not null && earlier.Of(component) is { Details: CodeDetails } verdict ? verdict : null;
}
