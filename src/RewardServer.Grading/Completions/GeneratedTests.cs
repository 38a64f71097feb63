using System.Collections.Immutable;

namespace RewardServer.Grading.Completions;

/// <summary>
/// Tests that a program makes (DeepSeek-R1, supplementary 2.1: "call an external module to build further checks"). Its
/// inputs come from a generator, or from a function's types; what is expected from a reference, or a property must hold.
/// </summary>
public sealed record GeneratedTests
{
    /// <summary>How many; from 1 to 500.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// The generator: a program that is run once for each test. It reads "SEED SIZE" and prints the test's input: standard
    /// input, or, where <see cref="Function"/> is given, a JSON array of arguments. Silent where <see cref="Parameters"/> is given.
    /// </summary>
    public ProgramSource? Generator { get; init; }

    /// <summary>The function that is called; null for tests of standard input and output.</summary>
    public string? Function { get; init; }

    /// <summary>The types of the function's parameters, from which arguments are drawn (docs/code.md has the forms).</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>
    /// What says what is expected; the task's reference where silent. Beside a <see cref="Property"/>, outputs are compared
    /// with a reference only where it stands here.
    /// </summary>
    public ProgramSource? Reference { get; init; }

    /// <summary>
    /// A Python program with a function <c>holds(input, output)</c>, in the place of or beside the reference. It must hold
    /// for what a reference gives, whether this one or the task's.
    /// </summary>
    public ProgramSource? Property { get; init; }

    /// <summary>From which the inputs follow.</summary>
    public long Seed { get; init; }

    /// <summary>Whether each grading gets tests of its own, so that nothing can be memorised; its seed is then told in the details.</summary>
    public bool Fresh { get; init; }

    /// <summary>The size that the generator is told for the first test; sizes rise geometrically to <see cref="LargestSize"/>.</summary>
    public int SmallestSize { get; init; } = 1;

    /// <summary>The size that it is told for the last test.</summary>
    public int LargestSize { get; init; } = 100;

    /// <summary>How outputs are compared; the task's checker where silent.</summary>
    public Checker? Checker { get; init; }

    /// <summary>The group that the tests belong to.</summary>
    public string? Group { get; init; }

    /// <summary>How strictly types of results are compared.</summary>
    public TypeRule Types { get; init; } = TypeRule.Strict;
}
