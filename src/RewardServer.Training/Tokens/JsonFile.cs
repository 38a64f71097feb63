using System.Text.Json;

namespace RewardServer.Training.Tokens;

/// <summary>A JSON file of a checkpoint's folder, whose every error names the file and the path in it.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly JsonDocument document;

    private JsonFile(JsonDocument document, string name)
    {
        this.document = document;
        Root = new(document.RootElement, name + ": $");
    }

    /// <summary>The whole file.</summary>
    public JsonPlace Root { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonFile Open(string folder, string name) =>
        OpenIfThere(folder, name) ?? throw new FileNotFoundException($"{folder} has no {name}");

    /// <summary>Reads a file; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonFile? OpenIfThere(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? new(StrictJson.Parse(File.ReadAllBytes(path), name + ":"), name) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();
}

/// <summary>A value in a JSON file.</summary>
/// <param name="Element">The value; of kind Undefined where there is none.</param>
/// <param name="Path">File and path, such as <c>tokenizer.json: $.model.type</c>.</param>
internal readonly record struct JsonPlace(JsonElement Element, string Path)
{
    // Many times what the largest vocabularies have: a number in a file must not make tables of any size.
    private const int MostTokens = 1 << 24;

    /// <summary>Whether there is a value other than null.</summary>
    public bool IsThere => Element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A member of an object; one that is not there is of kind Undefined.</summary>
    public JsonPlace Member(string name) =>
        new(Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? value : default, $"{Path}.{name}");

    /// <summary>The values of an array; none where it is not there.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        if (!IsThere)
        {
            return [];
        }

        var path = Path;
        return Element.ValueKind == JsonValueKind.Array
            ? Element.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]"))
            : throw Wrong("must be an array");
    }

    /// <summary>The members of an object.</summary>
    public IEnumerable<JsonPlace> Members()
    {
        var path = Path;
        return Element.ValueKind == JsonValueKind.Object
            ? Element.EnumerateObject().Select(member => new JsonPlace(member.Value, $"{path}.{member.Name}"))
            : throw Wrong("must be an object");
    }

    /// <summary>The value as a string; null where it is not there.</summary>
    public string? StringIfThere() => !IsThere ? null : Element.ValueKind == JsonValueKind.String ? Element.GetString() : throw Wrong("must be a string");

    /// <summary>The value as a string.</summary>
    public string String() => StringIfThere() ?? throw Wrong("is missing");

    /// <summary>The value as a token.</summary>
    public int Token() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var value) && value is >= 0 and < MostTokens
        ? value
        : throw Wrong($"must be a whole number from 0 on, below {MostTokens}");

    /// <summary>Whether the value is true; it may be absent.</summary>
    public bool IsTrue => Element.ValueKind == JsonValueKind.True;

    /// <summary>What is thrown when the value is not as it must be.</summary>
    public InvalidDataException Wrong(string what) => new($"{Path} {what}");
}
