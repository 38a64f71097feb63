using System.Text.Json;

namespace RewardServer.Compatibility.Forms;

/// <summary>
/// The prompts, or the labels, that belong to responses: those whose <c>[*]</c> stand at the same indexes. With fewer <c>[*]</c>, one belongs to
/// several responses.
/// </summary>
internal sealed class Companions
{
    private readonly int wildcards;
    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);

    /// <param name="path">Where they are; null where there are none.</param>
    /// <param name="response">Where the responses are.</param>
    /// <param name="responses">The responses.</param>
    /// <param name="root">The request.</param>
    /// <param name="most">The most samples of a call.</param>
    public Companions(FormPath? path, FormPath response, IReadOnlyList<FormValue> responses, JsonElement root, int most)
    {
        if (path is null)
        {
            return;
        }

        wildcards = path.Wildcards;
        var (found, error) = path.All(root, most);
        // Of lists that are not of one length nobody knows which belongs to which. Where there is no list at all, there are none.
        if (error is null && wildcards == response.Wildcards && found.Count != responses.Count)
        {
            Errors = [(path.ToString(), $"there are {found.Count}, and {responses.Count} of {response}")];
        }

        foreach (var value in found)
        {
            values[Key(value)] = value.Value;
        }
    }

    /// <summary>What is wrong with them.</summary>
    public IReadOnlyList<(string Path, string Message)> Errors { get; } = [];

    /// <summary>What belongs to a response; null where there is nothing.</summary>
    public JsonElement? Of(FormValue response) =>
        values.TryGetValue(Key(response), out var value) && value.ValueKind != JsonValueKind.Undefined ? value : null;

    private string Key(FormValue value) => string.Join(',', value.Indexes.Take(wildcards));
}
