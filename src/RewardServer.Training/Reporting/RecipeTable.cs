using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting;

/// <summary>A recipe as rows of names and values, defaults included.</summary>
public static class RecipeTable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The rows: a path such as <c>model.hidden</c>, and what stands there.</summary>
    public static IEnumerable<(string Field, string Value)> Rows(Recipe recipe) => Rows("", JsonSerializer.SerializeToNode(recipe, Options));

    private static IEnumerable<(string Field, string Value)> Rows(string path, JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Rows(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value)),
        JsonArray items => items.SelectMany((item, place) => Rows($"{path}[{place}]", item)),
        // The optimizer is a part of its own only in here.
        _ => [(path.Replace(".optimization.", ".", StringComparison.Ordinal), node?.ToString() ?? "null")],
    };
}
