using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation.Parameters;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>The inputs of generated tests, from the generator or from the types of a function's parameters.</summary>
internal sealed class TestInputs
{
    private static readonly ResourceLimits GeneratorLimits = ResourceLimits.Default with { MemoryMb = 1024, OutputKb = 16 * 1024 };

    private readonly GeneratedTests generated;
    private readonly long seed;
    private readonly TaskProgram? generator;
    private readonly ImmutableArray<ParameterType> types;

    /// <param name="sandbox">Where the generator runs.</param>
    /// <param name="generated">What is asked for; its types can be read.</param>
    /// <param name="seed">From which the inputs follow.</param>
    public TestInputs(SandboxPool sandbox, GeneratedTests generated, long seed)
    {
        (this.generated, this.seed) = (generated, seed);
        generator = generated.Generator is { } program ? new(sandbox, "the generator", program, GeneratorLimits) : null;
        types = generator is null ? [.. generated.Parameters.Select(text => ParameterReader.Read(text).Type!)] : [];
    }

    /// <summary>Why there are none here; null where there are.</summary>
    public Verdict? Unavailable => generator?.Unavailable;

    /// <summary>What a test is, for people: with it the generator can be run again.</summary>
    public string PurposeOf(int index) =>
        FormattableString.Invariant($"seed {TestSizes.SeedOf(seed, index)} size {TestSizes.SizeOf(generated, index)}");

    /// <summary>The input of a test.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(TestInput? Input, Verdict? Fault)> OfAsync(int index, CancellationToken cancellation)
    {
        if (generator is null)
        {
            return (new TestInput("", Drawn(index)), null);
        }

        var purpose = PurposeOf(index);
        var stdin = FormattableString.Invariant($"{TestSizes.SeedOf(seed, index)} {TestSizes.SizeOf(generated, index)}\n");
        var (output, fault) = await generator.RunAsync(stdin, purpose, cancellation).ConfigureAwait(false);
        return fault is not null ? (null, fault)
            : generated.Function is null ? (new TestInput(output!, []), null)
            : Arguments(output!) is not { IsDefault: false } arguments
                ? (null, Verdict.Skipped($"the generator failed for {purpose}: it printed no JSON array of arguments"))
            : new CallTest(generated.Function, arguments).Errors().FirstOrDefault(error => error.Member.StartsWith("arguments", StringComparison.Ordinal)) is (not null, _) wrong
                ? (null, Verdict.Skipped($"the generator failed for {purpose}: {wrong.Member} {wrong.Error}"))
            : (new TestInput("", arguments), null);
    }

    // The ends of all ranges come first: most mistakes are there.
    private ImmutableArray<JsonElement> Drawn(int index)
    {
        var extreme = generated.Count <= 2 ? Extreme.None : index switch { 0 => Extreme.Smallest, 1 => Extreme.Largest, _ => Extreme.None };
        var draw = new Draw(new SeededRandom(seed, index), TestSizes.SizeOf(generated, index), extreme);
        return [.. types.Select(type => JsonElement.Parse(DrawnJson.Of(type.Draw(draw))))];
    }

    private static ImmutableArray<JsonElement> Arguments(string text)
    {
        try
        {
            var json = JsonElement.Parse(text);
            return json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>The input of a test.</summary>
/// <param name="Stdin">What the program reads; empty for a call.</param>
/// <param name="Arguments">What the function is given; empty for none.</param>
internal sealed record TestInput(string Stdin, ImmutableArray<JsonElement> Arguments);
