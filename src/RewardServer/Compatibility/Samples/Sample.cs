using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Samples;

/// <summary>What a trainer asks a reward for.</summary>
/// <param name="LabelPath">Where its label stands in the request, for messages: "labels[3]".</param>
/// <param name="Prompt">What the model was asked; an empty text where the trainer does not say it.</param>
/// <param name="Response">What it wrote.</param>
/// <param name="Label">What makes its task (<see cref="Labels.LabelReading"/>); null where the trainer has none.</param>
internal sealed record Sample(string LabelPath, ChatText Prompt, ChatText Response, JsonElement? Label);
