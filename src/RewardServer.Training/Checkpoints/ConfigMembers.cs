using System.Text.Json;

namespace RewardServer.Training.Checkpoints;

/// <summary>The members of an object of <c>config.json</c>, each read as what it must be. A member that is null is as one that is missing.</summary>
internal sealed class ConfigMembers
{
    private readonly JsonElement element;
    private readonly string path;

    /// <summary>Takes an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">What its members' names begin with in errors.</param>
    public ConfigMembers(JsonElement element, string path)
        : this(element, path, [])
    {
    }

    private ConfigMembers(JsonElement element, string path, List<string> errors)
    {
        this.element = element;
        this.path = path;
        Errors = errors;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Errors.Add($"{(path.Length == 0 ? "the file" : path.TrimEnd('.'))} must be an object");
        }
    }

    /// <summary>What is wrong, by member.</summary>
    public List<string> Errors { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Has(string name) => Value(name).ValueKind != JsonValueKind.Undefined;

    /// <summary>The value; of kind Undefined where there is none.</summary>
    public JsonElement Value(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    /// <summary>The members of a member.</summary>
    public ConfigMembers Nested(string name) => new(Value(name), $"{path}{name}.", Errors);

    /// <summary>A whole number; what it is where it is missing, or null if it must not be.</summary>
    public int Whole(string name, int? missing = null) =>
        !Has(name) ? missing ?? Missing(name)
        : Value(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number
        : (int)Wrong(name, "must be a whole number");

    /// <summary>A number; what it is where it is missing, or null if it must not be.</summary>
    public double Number(string name, double? missing = null) =>
        !Has(name) ? missing ?? Missing(name)
        : Value(name) is { ValueKind: JsonValueKind.Number } value && double.IsFinite(value.GetDouble()) ? value.GetDouble()
        : Wrong(name, "must be a number");

    /// <summary>True or false; false where it is missing.</summary>
    public bool Flag(string name)
    {
        if (Value(name).ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Undefined))
        {
            Wrong(name, "must be true or false");
        }

        return Value(name).ValueKind == JsonValueKind.True;
    }

    /// <summary>A string; null where it is missing.</summary>
    public string? Text(string name)
    {
        if (Has(name) && Value(name).ValueKind != JsonValueKind.String)
        {
            Wrong(name, "must be a string");
            return null;
        }

        return Has(name) ? Value(name).GetString() : null;
    }

    /// <summary>Notes an error.</summary>
    /// <returns>1, so that reading goes on.</returns>
    public double Wrong(string name, string error)
    {
        var line = $"{path}{name} {error}";
        if (!Errors.Contains(line))
        {
            Errors.Add(line);
        }

        return 1;
    }

    private int Missing(string name) => (int)Wrong(name, "is missing");
}
