using System.Text.Json;

namespace RewardServer.Grading.Completions;

/// <summary>What items of one group have in common: the name of their group, or else their prompt.</summary>
/// <param name="Named">Whether the group has a name.</param>
/// <param name="Text">The name, or the prompt.</param>
public readonly record struct GroupKey(bool Named, string Text)
{
    /// <summary>The key of an item's group.</summary>
    public static GroupKey Of(Item item) => item.Group is { } group
        ? new(true, group)
        : new(false, item.Prompt.Text ?? JsonSerializer.Serialize(item.Prompt.Messages, ItemJson.Options));
}
