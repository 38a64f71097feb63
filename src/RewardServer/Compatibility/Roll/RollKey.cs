using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RewardServer.Compatibility.Roll;

/// <summary>What tells submissions apart, and what they hold.</summary>
internal static class RollKey
{
    /// <summary>The hash of all that a submission says: a client that got no answer submits the same again.</summary>
    /// <param name="http">The call, whose query says what to grade by.</param>
    /// <param name="submission">The submission.</param>
    public static string Of(HttpContext http, RollSubmission submission)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (JsonElement?[])
            [submission.ProjectId, submission.ExperimentId, submission.GlobalStep, submission.DataId, submission.RolloutId, submission.RewardInfo])
        {
            Append(hash, part is { } given ? JsonMarshal.GetRawUtf8Value(given) : default);
        }

        foreach (var text in (string?[])[submission.Prompt, submission.Response, http.Request.QueryString.Value])
        {
            Append(hash, Encoding.UTF8.GetBytes(text ?? ""));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Bytes that a submission holds in memory.</summary>
    public static long BytesOf(RollSubmission submission) =>
        (2L * ((submission.Prompt?.Length ?? 0) + submission.Response!.Length)) + (submission.RewardInfo is { } info ? JsonMarshal.GetRawUtf8Value(info).Length : 0);

    // With its length before it, so that no part can pass for the end of the one before.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }
}
