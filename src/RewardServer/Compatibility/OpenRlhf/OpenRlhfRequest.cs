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

    /// <summary>Why a sample is not judged whose prompt is not in its query.</summary>
    public const string PromptIsLost = "the prompt is not in the query: nobody knows where the response begins";

    /// <summary>The samples, and the places of those whose prompt is not in their query; or everything that is wrong, by its path.</summary>
    public (IReadOnlyList<Sample> Samples, IReadOnlySet<int> Lost, IReadOnlyList<(string Path, string Message)> Errors) Read()
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

        if (errors.Count > 0)
        {
            return ([], new HashSet<int>(), errors);
        }

        var (samples, lost) = (new List<Sample>(), new HashSet<int>());
        foreach (var (i, query) in queries.Index())
        {
            var prompt = prompts?[i] ?? "";
            var response = QueryResponse.Of(query, prompt);
            samples.Add(new($"labels[{i}]", prompt, response ?? "", labels?[i]));
            if (response is null)
            {
                lost.Add(i);
            }
        }

        return (samples, lost, errors);
    }

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
