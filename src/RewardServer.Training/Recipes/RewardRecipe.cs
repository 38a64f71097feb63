using System.Text.Json;

namespace RewardServer.Training.Recipes;

/// <summary>What completions earn: a rubric in this process, or on a RewardServer elsewhere.</summary>
/// <param name="Rubric">Name of a rubric, or a file; null where it is written out in the recipe.</param>
/// <param name="Definition">The rubric itself, as in a rubric's file; null where it is named.</param>
/// <param name="Url">Address of the server that grades; null for this process.</param>
/// <param name="ApiKey">Name of the environment variable that holds the server's API key, never the key; null for none.</param>
public sealed record RewardRecipe(string? Rubric, JsonElement? Definition, Uri? Url = null, string? ApiKey = null);
