using System.Text.Json;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// A row of a caller's data set, or an object in it. What it lacks, or has of the wrong kind, is noted with its path; the first such counts,
/// and what is then read of it is empty.
/// </summary>
internal sealed class ProvidedRow
{
    private readonly JsonElement row;
    private readonly string path;
    private readonly ProvidedRow root;

    /// <param name="row">The row: a JSON object.</param>
    /// <param name="path">Where it stands in the request.</param>
    public ProvidedRow(JsonElement row, string path) => (this.row, this.path, root) = (row, path, this);

    private ProvidedRow(JsonElement row, string path, ProvidedRow root) => (this.row, this.path, this.root) = (row, path, root);

    /// <summary>What is wrong with the row; null for nothing.</summary>
    public (string Path, string Message)? Error { get; private set; }

    /// <summary>Whether a member is there, and not null.</summary>
    public bool Has(string member) => Find(member) is not null;

    /// <summary>Notes what is wrong with a member.</summary>
    public void Fail(string member, string message) => FailCall($"{path}.{member}", message);

    /// <summary>Notes what is wrong with the call beside the row.</summary>
    public void FailCall(string member, string message) => root.Error ??= (member, message);

    /// <summary>A member that is a text.</summary>
    public string Text(string member)
    {
        if (Find(member) is { } value && value.ValueKind == JsonValueKind.String)
        {
            return LenientText.Of(value)!;
        }

        Fail(member, Has(member) ? "must be a text" : "is required");
        return "";
    }

    /// <summary>A member that is a text; what stands for it where it is not there.</summary>
    public string Text(string member, string otherwise) => Has(member) ? Text(member) : otherwise;

    /// <summary>A member that is an object, or a text that holds one as JSON.</summary>
    public ProvidedRow Object(string member) => new(Json(member, JsonValueKind.Object, "an object") ?? Nothing, $"{path}.{member}", root);

    /// <summary>A member that is an array of texts, or a text that holds one as JSON.</summary>
    public IReadOnlyList<string> Texts(string member)
    {
        var texts = new List<string>();
        foreach (var value in Items(member, "an array of texts"))
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                texts.Add(LenientText.Of(value)!);
            }
            else
            {
                Fail($"{member}[{texts.Count}]", "must be a text");
                return [];
            }
        }

        return texts;
    }

    /// <summary>A member that is an array of objects, or a text that holds one as JSON.</summary>
    public IReadOnlyList<ProvidedRow> Objects(string member)
    {
        var objects = new List<ProvidedRow>();
        foreach (var value in Items(member, "an array of objects"))
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                Fail($"{member}[{objects.Count}]", "must be an object");
                return [];
            }

            objects.Add(new(value, $"{path}.{member}[{objects.Count}]", root));
        }

        return objects;
    }

    /// <summary>The names of its members.</summary>
    public IEnumerable<string> Members => row.EnumerateObject().Select(member => member.Name);

    /// <summary>The object itself.</summary>
    public JsonElement Value => row;

    private static JsonElement Nothing { get; } = JsonElement.Parse("{}");

    private JsonElement? Find(string member) => row.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JsonElement[] Items(string member, string what) => Json(member, JsonValueKind.Array, what) is { } array ? [.. array.EnumerateArray()] : [];

    private JsonElement? Json(string member, JsonValueKind kind, string what)
    {
        if (Find(member) is not { } value)
        {
            Fail(member, "is required");
            return null;
        }

        try
        {
            value = value.ValueKind == JsonValueKind.String ? JsonElement.Parse(LenientText.Of(value)!) : value;
        }
        catch (JsonException)
        {
            Fail(member, $"must be {what}, or a text that holds one as JSON");
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Fail(member, $"must be {what}");
        return null;
    }
}
