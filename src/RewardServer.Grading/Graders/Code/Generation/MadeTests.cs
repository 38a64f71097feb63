using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation.Properties;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>Tests that were made for a task.</summary>
/// <param name="Tests">The tests; empty where they could not be made.</param>
/// <param name="Source">What they follow from.</param>
/// <param name="Fault">Why they could not be made: a skipped or a failed verdict. Null where they could.</param>
public sealed record MadeTests(ImmutableArray<TestCase> Tests, GeneratedDetails Source, Verdict? Fault)
{
    private const long BytesOfOne = 1024;

    /// <summary>About what they take.</summary>
    internal long Bytes => Tests.Sum(BytesOf);

    /// <summary>About what one takes.</summary>
    internal static long BytesOf(TestCase test) => BytesOfOne + test.InputBytes + (test switch
    {
        StdioTest { Stdout: { } accepted } => accepted.Texts.Sum(text => 2L * text.Length),
        CallTest { Result: { } result } => result.GetRawText().Length,
        PropertyTest property => BytesOf(property.Inner),
        _ => 0,
    });
}

/// <summary>What generated tests follow from.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Seed">With which they come again: as <c>seed</c>, without <c>fresh</c>.</param>
/// <param name="Key">The hash of all that they follow from.</param>
public sealed record GeneratedDetails(int Count, long Seed, string Key);
