namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>A script's process did something else than to answer; it is of no more use.</summary>
/// <param name="message">What it did, as the end of a sentence that begins with the script.</param>
internal sealed class ScriptBrokenException(string message) : Exception(message)
{
    /// <summary>Whether it had ended before it was asked.</summary>
    public bool Unasked { get; init; }
}
