using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Tasks;

/// <summary>A task that was uploaded, so that calls need only name it.</summary>
/// <param name="Set">The data set that it belongs to; empty for none.</param>
/// <param name="Id">Its name within the set.</param>
/// <param name="Task">The task.</param>
/// <param name="Prompt">What a model is asked; null where nobody needs it from here.</param>
public sealed record StoredTask(string Set, string Id, GradingTask Task, ChatText? Prompt = null);
