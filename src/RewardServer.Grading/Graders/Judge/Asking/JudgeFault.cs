namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>Why a judge gave no score.</summary>
/// <param name="Kind">What sort of fault it is, which tells what is done about it.</param>
/// <param name="Message">What is wrong, to follow the judge's name: "cannot be reached".</param>
internal sealed record JudgeFault(FaultKind Kind, string Message)
{
    /// <summary>How long the judge asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same question may be answered in a moment.</summary>
    public bool IsPassing => Kind is FaultKind.Unreachable or FaultKind.Limited or FaultKind.Unscored;

    /// <summary>Whether the judged text may be what brought it about: the judge is there, and answers otherwise than with a score.</summary>
    public bool MayBeTheTexts => Kind is FaultKind.Unscored or FaultKind.Refused;
}

/// <summary>The sorts of faults, by what is done about them.</summary>
internal enum FaultKind
{
    /// <summary>No connection, no whole answer in time, or a gateway that says so: tried again; the circuit counts it.</summary>
    Unreachable,

    /// <summary>Asked too often (429): tried again, when the judge says so.</summary>
    Limited,

    /// <summary>It answered, but with no score that can be used, or with an error of its own (500): tried again.</summary>
    Unscored,

    /// <summary>It does not take the request (400): not tried again.</summary>
    Refused,

    /// <summary>The configuration is wrong: its key, address or model. Not tried again.</summary>
    Misconfigured,

    /// <summary>Too many questions wait for it here.</summary>
    Busy,

    /// <summary>It failed so often that it is left alone for a while.</summary>
    CircuitOpen,
}
