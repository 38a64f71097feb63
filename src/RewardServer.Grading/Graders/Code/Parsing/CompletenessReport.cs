namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>What a check of completeness found. The same for the same program, always, but where limits cut it off.</summary>
/// <param name="State">What the text is.</param>
/// <param name="Error">The first error in one bounded line; null where there is none.</param>
public sealed record CompletenessReport(Completeness State, string? Error = null)
{
    private const int LongestError = 300;

    /// <summary>What went wrong on our side, so that nothing is known; else null.</summary>
    public string? Fault { get; init; }

    /// <summary>Why the program is suspect, as <see cref="Graders.Signal.SlotBreaker"/>; null where it is not.</summary>
    public string? Signal { get; init; }

    /// <summary>Whether the clock may have decided, or chance, so that another look might find something else.</summary>
    public bool MayDiffer { get; private init; }

    internal static CompletenessReport Complete { get; } = new(Completeness.Complete);

    internal static CompletenessReport Truncated(string error) => new(Completeness.Truncated, Bounded(error));

    internal static CompletenessReport Malformed(string error) => new(Completeness.Malformed, Bounded(error));

    internal static CompletenessReport OverLimits(string error) => Malformed(error) with { MayDiffer = true };

    internal static CompletenessReport Failed(string? fault) => new(Completeness.Unknown) { Fault = $"the sandbox failed: {fault}", MayDiffer = true };

    internal static CompletenessReport Broke { get; } =
        new(Completeness.Malformed, "the program broke two fresh sandboxes in a row") { Signal = Graders.Signal.SlotBreaker, MayDiffer = true };

    // Compilers may quote what the candidate wrote: no character of it gets to steer a terminal.
    private static string Bounded(string error) =>
        Shown.Head(string.Concat(error.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim(), LongestError);
}
