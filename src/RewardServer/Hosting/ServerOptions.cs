using RewardServer.Grading.Graders;

namespace RewardServer.Hosting;

/// <summary>Settings of the server (section "Server" of the configuration).</summary>
public sealed record ServerOptions
{
    /// <summary>Keys of which a request must bring one, as <c>Authorization: Bearer KEY</c> or <c>X-API-Key: KEY</c>. None: no key is asked for.</summary>
    public string[] ApiKeys { get; init; } = [];

    /// <summary>Names, besides those the server listens on, that a Host header may carry.</summary>
    public string[] AllowedHosts { get; init; } = [];

    /// <summary>The largest request body, in MiB.</summary>
    public int MaxRequestMb { get; init; } = 32;

    /// <summary>The largest request body, in bytes.</summary>
    public long MaxRequestBytes => MaxRequestMb * 1024L * 1024L;

    /// <summary>The most items in one call.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>The most grading calls that are worked on at once; each may hold a body of the largest size.</summary>
    public int MaxCalls { get; init; } = 64;

    /// <summary>The most grading calls that wait for their turn; the next is answered 429.</summary>
    public int MaxWaiting { get; init; } = 1024;

    /// <summary>The most output of programs that all /v1/execute calls together hold in memory, in MiB.</summary>
    public int OutputBudgetMb { get; init; } = 1024;

    /// <summary>What is kept of answers that were graded, so that the same need not be worked on again, in MiB; 0 keeps and shares nothing.</summary>
    public int DeduplicationMb { get; init; } = (int)(Deduplication.DefaultBytes >> 20);

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (ApiKeys.Any(key => key.Length < 16))
        {
            yield return "Server:ApiKeys: a key must have at least 16 characters";
        }

        if (MaxRequestMb is < 1 or > 1024)
        {
            yield return $"Server:MaxRequestMb: must be from 1 to 1024, but is {MaxRequestMb}";
        }

        if (OutputBudgetMb is < 1 or > 1_000_000)
        {
            yield return $"Server:OutputBudgetMb: must be from 1 to 1000000, but is {OutputBudgetMb}";
        }

        if (DeduplicationMb is < 0 or > 1_000_000)
        {
            yield return $"Server:DeduplicationMb: must be from 0 to 1000000, but is {DeduplicationMb}";
        }

        if (MaxItems is < 1 or > 1_000_000)
        {
            yield return $"Server:MaxItems: must be from 1 to 1000000, but is {MaxItems}";
        }

        if (MaxCalls is < 1 or > 100_000 || MaxWaiting is < 0 or > 1_000_000)
        {
            yield return $"Server:MaxCalls, Server:MaxWaiting: must be from 1 to 100000 and from 0 to 1000000, but are {MaxCalls} and {MaxWaiting}";
        }
    }
}
