using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation.Properties;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>
/// Makes tests of inputs: what is expected is what the reference gives, or that the property holds. Where both are there,
/// the property must hold for what the reference gives, else the task is wrong.
/// </summary>
internal sealed class TestOutputs
{
    private readonly GeneratedTests generated;
    private readonly TaskProgram? reference;
    private readonly Property? property;

    /// <param name="sandbox">Where reference and property run.</param>
    /// <param name="task">The task, which has at least one of the two.</param>
    public TestOutputs(SandboxPool sandbox, CodeTask task)
    {
        generated = task.Generated!;
        reference = (generated.Reference ?? task.Reference) is { } program ? new(sandbox, "the reference", program, (task.Limits ?? new()).Resolve()) : null;
        property = generated.Property is { } held ? new(sandbox, held) : null;
    }

    /// <summary>Why there are none here; null where there are.</summary>
    public Verdict? Unavailable => reference?.Unavailable ?? property?.Unavailable;

    /// <summary>What is wrong with the property, whatever it is asked; null where nothing is.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict?> BrokenAsync(CancellationToken cancellation) =>
        property is null ? null : await property.BrokenAsync(cancellation).ConfigureAwait(false);

    /// <summary>The test of an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="purpose">Which test it is, for people.</param>
    /// <param name="cancellation">Ends the making.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(TestCase? Test, Verdict? Fault)> TestOfAsync(TestInput input, string purpose, CancellationToken cancellation)
    {
        var (output, fault) = reference is null ? (null, null) : await reference.RunAsync(input.Stdin, purpose, cancellation).ConfigureAwait(false);
        if (fault is not null)
        {
            return (null, fault);
        }

        var test = Marked(new StdioTest(input.Stdin, IsCompared ? AcceptedTexts.FromText(output!) : null, generated.Checker));
        if (property is null)
        {
            return (test, null);
        }

        fault = output is null ? null : await property.FaultAsync(PropertyQuestion.Of(test, output), purpose, cancellation).ConfigureAwait(false);
        return fault is null ? (Marked(new PropertyTest(test, generated.Property!)), null) : (null, fault);
    }

    // Beside a property, the task's reference only shows that the property can hold: several outputs may be right.
    private bool IsCompared => reference is not null && (property is null || generated.Reference is not null);

    private TestCase Marked(TestCase test) => test with { Group = generated.Group, IsGenerated = true };
}
