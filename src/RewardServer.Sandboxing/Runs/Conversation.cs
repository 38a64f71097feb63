namespace RewardServer.Sandboxing.Runs;

/// <summary>
/// What became of two programs that talked. A fault of ours with either is one of both: nothing is known of their
/// conversation then. Only one that does not compile, or that breaks the sandbox, is known all the same.
/// </summary>
/// <param name="Program">
/// The program's result; null where it was not come to, because the partner does not compile or is known to break the
/// sandbox, or where nothing is known of it, because the partner broke the sandbox.
/// </param>
/// <param name="Partner">The partner's result; null the other way around. One of the two is always there.</param>
public sealed record Conversation(RunResult? Program, RunResult? Partner);
