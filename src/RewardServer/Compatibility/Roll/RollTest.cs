using System.Globalization;
using System.Text;
using RewardServer.Compatibility.SandboxFusion;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Compatibility.Roll;

/// <summary>A test of ROLL's: a call of <c>/run_code</c> that also says what the program should print.</summary>
/// <param name="Key">The hash of all that the answer depends on, and of what is expected.</param>
/// <param name="Expected">What the program should print.</param>
internal sealed record RollTest(string Key, string Expected)
{
    // It takes these texts of its own sandbox out before it compares.
    private const string Removed = "User customization";

    /// <summary>The test of a call; null for those of other clients, and for what ROLL does not send.</summary>
    public static RollTest? Of(RunCodeRequest request)
    {
        if (request.ExpectedStdout is not { } expected || request.Files is { Count: > 0 } || request.FetchFiles is { Count: > 0 })
        {
            return null;
        }

        string[] parts =
        [
            request.Code, request.Language, request.Stdin ?? "", expected,
            string.Create(CultureInfo.InvariantCulture, $"{request.RunSeconds} {request.MemoryLimit}"),
        ];
        return new(ContentKey.Of(parts.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))), expected);
    }

    /// <summary>
    /// Whether ROLL's client surely counts the answer as passed (roll/pipeline/rlvr/rewards/code_sandbox_reward_worker.py, sandbox_result_judge): it
    /// forgives more than this.
    /// </summary>
    public bool IsPassedBy(RunCodeResponse answer) =>
        answer is { Status: RunCodeResponse.Success, RunResult.Stdout: { } stdout } && !stdout.Contains(Removed, StringComparison.Ordinal)
        && (Expected.AsSpan().Trim().IsEmpty || stdout.AsSpan().Trim().SequenceEqual(Expected.AsSpan().Trim()));
}
