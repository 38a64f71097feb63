using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>A program that can be run: it was checked, and compiled where its language asks for it.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Kind">The kind of slot that it needs.</param>
/// <param name="Run">The run.</param>
/// <param name="Compilation">What became of its compilation; null where its language has none.</param>
internal sealed record PreparedRun(Language Language, SlotKind Kind, AgentRun Run, Compilation? Compilation);
