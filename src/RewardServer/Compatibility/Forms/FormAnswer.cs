using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RewardServer.Compatibility.Forms;

/// <summary>Makes a form's answer: its template, in which each path gets its values.</summary>
/// <param name="template">JSON; read anew for each answer.</param>
/// <param name="isBatch">Whether a request holds several samples.</param>
internal sealed class FormAnswer(string template, bool isBatch)
{
    private JsonNode? root = JsonNode.Parse(template);

    /// <summary>The answer as JSON.</summary>
    public string Text => root?.ToJsonString(TrainerBody.Options) ?? "null";

    /// <summary>Puts values to the places of a path. Without <c>[*]</c> in it, a batch's stand there as one array.</summary>
    /// <param name="path">The path.</param>
    /// <param name="places">Of each value, what stood for each <c>[*]</c> of its response's path.</param>
    /// <param name="values">The values; of no place yet.</param>
    /// <exception cref="InvalidOperationException">The template has something else there.</exception>
    public void Put(FormPath path, IReadOnlyList<ImmutableArray<int>> places, IReadOnlyList<JsonNode?> values)
    {
        if (path.Wildcards == 0)
        {
            root = Set(root, path, 0, [], isBatch ? new JsonArray([.. values]) : values[0]);
            return;
        }

        // An array without elements is an array, too.
        if (values.Count == 0)
        {
            root = Set(root, path, 0, [], null);
        }

        for (var i = 0; i < values.Count; i++)
        {
            root = Set(root, path, 0, path.Wildcards == places[i].Length ? places[i] : [i], values[i]);
        }
    }

    private static JsonNode? Set(JsonNode? at, FormPath path, int step, ImmutableArray<int> indexes, JsonNode? value)
    {
        if (step == path.Steps.Length)
        {
            return (at is null or JsonValue) ? value : throw Fault(path, step, "is taken");
        }

        if (path.Steps[step] is { Name: { } name })
        {
            var members = at as JsonObject ?? (at is null ? new JsonObject() : throw Fault(path, step, "is no object"));
            Replace(members[name], child => Set(child, path, step + 1, indexes, value), made => members[name] = made);
            return members;
        }

        var elements = at as JsonArray ?? (at is null ? new JsonArray() : throw Fault(path, step, "is no array"));
        if (path.Steps[step].IsEach && indexes.IsEmpty)
        {
            return elements;
        }

        var index = path.Steps[step].Index ?? indexes[0];
        while (elements.Count <= index)
        {
            elements.Add(null);
        }

        var rest = path.Steps[step].IsEach ? indexes[1..] : indexes;
        Replace(elements[index], child => Set(child, path, step + 1, rest, value), made => elements[index] = made);
        return elements;
    }

    // What has a parent cannot be given to it again.
    private static void Replace(JsonNode? child, Func<JsonNode?, JsonNode?> set, Action<JsonNode?> put)
    {
        var made = set(child);
        if (!ReferenceEquals(made, child) || made is null)
        {
            put(made);
        }
    }

    private static InvalidOperationException Fault(FormPath path, int step, string what) =>
        new($"'${string.Concat(path.Steps.Take(step))}' {what} in the template");
}
