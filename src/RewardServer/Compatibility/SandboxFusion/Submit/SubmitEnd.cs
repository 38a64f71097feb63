namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>What became of a completion that was submitted: exactly one of its members is there.</summary>
internal sealed record SubmitEnd
{
    private SubmitEnd()
    {
    }

    /// <summary>It was judged.</summary>
    public SubmitResponse? Judged { get; private init; }

    /// <summary>Why its problem cannot be judged here.</summary>
    public string? Skipped { get; private init; }

    /// <summary>A fault of ours, after which the client may try again.</summary>
    public string? Failed { get; private init; }

    /// <summary>What is wrong with the call, by its member.</summary>
    public (string Path, string Message)? Malformed { get; private init; }

    /// <summary>Of one that was judged.</summary>
    public static SubmitEnd Of(SubmitResponse judged) => new() { Judged = judged };

    /// <summary>Of a problem that cannot be judged here.</summary>
    public static SubmitEnd SkippedBy(string reason) => new() { Skipped = reason };

    /// <summary>Of one on which we failed.</summary>
    public static SubmitEnd FailedBy(string reason) => new() { Failed = reason };

    /// <summary>Of a call that is wrong.</summary>
    public static SubmitEnd MalformedBy(string path, string message) => new() { Malformed = (path, message) };
}
