using System.Text.Json;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>How one kind of judge is spoken to.</summary>
internal interface IJudgeProtocol
{
    /// <summary>The request's JSON: the same bytes for the same arguments.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="sample">Which sample, from 0.</param>
    /// <param name="tries">How many tries have gone before.</param>
    byte[] Request(JudgeQuestion question, int sample, int tries);

    /// <summary>Reads an answer's JSON.</summary>
    JudgeReply Read(JsonElement answer);
}

/// <summary>The kinds of judges.</summary>
internal static class JudgeProtocol
{
    /// <summary>How the judge with these settings is spoken to.</summary>
    public static IJudgeProtocol Of(JudgeSettings settings) => settings.Kind switch
    {
        "chat" => new ChatProtocol(settings),
        "classify" => new ClassifyProtocol(settings),
        "bradley-terry" => new RewardProtocol(settings),
        var other => throw new ArgumentException($"'{other}' is not a kind of judge", nameof(settings)),
    };
}
