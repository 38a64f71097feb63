using System.Text.Json;
using RewardServer.Compatibility.Samples;

namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>What OpenRLHF posts: three lists of equal length.</summary>
internal sealed record OpenRlhfRequest
{
    /// <summary>Prompts with their responses, special tokens and all.</summary>
    public required JsonElement Query { get; init; }

    /// <summary>The prompts; old versions (before 0.5.8) send none.</summary>
    public JsonElement? Prompts { get; init; }

    /// <summary>The labels; old versions (before 0.6) send none.</summary>
    public JsonElement? Labels { get; init; }

    /// <summary>The samples; or everything that is wrong, by its path.</summary>
    public (IReadOnlyList<Sample> Samples, IReadOnlyList<(string Path, string Message)> Errors) Read()
    {
        var errors = new List<(string, string)>();
        var queries = Texts(Query, "query", errors);
        var prompts = Prompts is { } given ? Texts(given, "prompts", errors) : null;
        if (Labels is { ValueKind: not JsonValueKind.Array })
        {
            errors.Add(("labels", "must be an array"));
        }

        var labels = Labels is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : null;
        foreach (var (name, count) in new[] { ("prompts", prompts?.Count), ("labels", labels?.Count) })
        {
            if (count is { } there && there != queries.Count)
            {
                errors.Add((name, $"there are {there}, and {queries.Count} in query"));
            }
        }

        return errors.Count > 0 ? ([], errors) : ([.. queries.Select((query, i) => SampleOf(i, query, prompts?[i] ?? "", labels?[i]))], errors);
    }

    private static Sample SampleOf(int index, string query, string prompt, JsonElement? label) =>
        new($"labels[{index}]", prompt, QueryResponse.Of(query, prompt), label);

    private static List<string> Texts(JsonElement array, string name, List<(string, string)> errors)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            errors.Add((name, "must be an array of texts"));
            return [];
        }

        var texts = new List<string>();
        foreach (var (i, element) in array.EnumerateArray().Index())
        {
            var text = LenientText.Of(element);
            texts.Add(text ?? "");
            if (text is null && !(name == "prompts" && element.ValueKind == JsonValueKind.Null))
            {
                errors.Add(($"{name}[{i}]", "must be a text"));
            }
        }

        return texts;
    }
}
