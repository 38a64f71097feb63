using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>One of two programs that talk.</summary>
/// <param name="Place">Where its slot is.</param>
/// <param name="Language">Its language, whose canary tells whether the slot works.</param>
/// <param name="Run">Its run, which is streamed.</param>
internal sealed record ConversationSide(WarmSlot Place, Language Language, AgentRun Run);
