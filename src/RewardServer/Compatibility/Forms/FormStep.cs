using System.Globalization;
using System.Text.Json;

namespace RewardServer.Compatibility.Forms;

/// <summary>A step of a path: to a member, to an element, or, where it has neither, to every element.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Index">The element's index.</param>
internal readonly record struct FormStep(string? Name, int? Index)
{
    /// <summary>Whether it is <c>[*]</c>.</summary>
    public bool IsEach => Name is null && Index is null;

    /// <summary>What stands there; undefined where there is nothing. Not for <c>[*]</c>.</summary>
    public JsonElement Of(JsonElement at) =>
        Name is not null ? at.ValueKind == JsonValueKind.Object && at.TryGetProperty(Name, out var member) ? member : default
        : at.ValueKind == JsonValueKind.Array && Index < at.GetArrayLength() ? at[Index.Value]
        : default;

    /// <inheritdoc/>
    public override string ToString() =>
        IsEach ? "[*]"
        : Name is null ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]")
        : Name.AsSpan().ContainsAny(".[] *") ? $"['{Name}']"
        : $".{Name}";
}
