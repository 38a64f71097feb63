using System.Text;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>One check of a program. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StdioTest), "stdio")]
[JsonDerivedType(typeof(CallTest), "call")]
[JsonDerivedType(typeof(CheckTest), "check")]
[JsonDerivedType(typeof(FilesTest), "files")]
[JsonDerivedType(typeof(InteractiveTest), "interactive")]
public abstract record TestCase
{
    /// <summary>Which kind of test it is, by its name on the wire.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The group whose points it decides; null where the task's tests stand alone.</summary>
    public string? Group { get; init; }

    /// <summary>What it counts among the others where the share of tests decides; above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the prompt shows it to the model. One that passes those alone is suspect.</summary>
    public bool Visible { get; init; }

    /// <summary>Whether a program made it.</summary>
    [JsonIgnore]
    internal bool IsGenerated { get; init; }

    /// <summary>Bytes that the test sends into the sandbox beside the program.</summary>
    [JsonIgnore]
    public abstract long InputBytes { get; }

    /// <summary>What it gives to the program, as a text for people; empty where that cannot be told in one.</summary>
    internal virtual string InputText => "";

    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    public virtual IEnumerable<(string Member, string Error)> Errors()
    {
        if (!(Weight > 0 && Weight <= HeaviestWeight))
        {
            yield return ("weight", $"must be above 0 and at most {HeaviestWeight}");
        }
    }

    // Sums of any tests' weights, or of groups' points, stay exact enough to be compared.
    internal const int HeaviestWeight = 1_000_000;

    private protected static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
