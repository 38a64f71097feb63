namespace RewardServer.Training.Rollouts;

/// <summary>A prompt with its completion is longer than the policy can read.</summary>
/// <param name="message">How long, and how long it may be.</param>
public sealed class PromptLengthException(string message) : Exception(message);
