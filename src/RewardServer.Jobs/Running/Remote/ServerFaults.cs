namespace RewardServer.Jobs.Running.Remote;

/// <summary>A server gives no answer that can be used, however often it is asked.</summary>
/// <param name="message">Which, and what it gave last.</param>
/// <param name="cause">What went wrong last; null where it answered.</param>
public sealed class ServerUnavailableException(string message, Exception? cause) : IOException(message, cause);

/// <summary>A server will not grade as it is asked to: it knows no such rubric, or wants another key.</summary>
/// <param name="message">Which, and what it said.</param>
public sealed class ServerRefusedException(string message) : IOException(message);
