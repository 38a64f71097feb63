using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>One check of a program. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StdioTest), "stdio")]
[JsonDerivedType(typeof(CheckTest), "check")]
public abstract record TestCase
{
    /// <summary>Which kind of test it is, by its name on the wire.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>What the test sends into the sandbox beside the program.</summary>
    [JsonIgnore]
    public abstract string Input { get; }
}

/// <summary>The program reads an input and must print an output.</summary>
/// <param name="Stdin">What it reads from standard input.</param>
/// <param name="Stdout">What it must print; white space at the ends of lines and of the whole does not count.</param>
public sealed record StdioTest(
    [property: JsonConverter(typeof(LenientTextConverter))] string Stdin,
    [property: JsonConverter(typeof(LenientTextConverter))] string Stdout) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "stdio";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Input => Stdin;
}

/// <summary>A check program runs against the definitions of the candidate's.</summary>
/// <param name="Harness">
/// Source in the task's language that sees the candidate's top-level names; it passes when it runs to its end.
/// </param>
public sealed record CheckTest(
    [property: JsonConverter(typeof(LenientTextConverter))] string Harness) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "check";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Input => Harness;
}
