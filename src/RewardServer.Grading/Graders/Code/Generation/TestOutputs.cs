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
    private readonly ReferenceFunction? function;
    private readonly Property? property;

    /// <param name="sandbox">Where reference and property run.</param>
    /// <param name="task">The task, which has at least one of the two.</param>
    public TestOutputs(SandboxPool sandbox, CodeTask task)
    {
        (generated, property) = (task.Generated!, task.Generated!.Property is { } held ? new(sandbox, held) : null);
        if ((generated.Reference ?? task.Reference) is { } program)
        {
            var limits = (task.Limits ?? new()).Resolve();
            reference = generated.Function is null ? new(sandbox, "the reference", program, limits) : null;
            function = generated.Function is null ? null : new(sandbox, program, limits);
        }
    }

    /// <summary>Why there are none here; null where there are.</summary>
    public Verdict? Unavailable => reference?.Unavailable ?? function?.Unavailable ?? property?.Unavailable;

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
        var (test, question, fault) = generated.Function is { } name
            ? await CallAsync(new(name, input.Arguments) { Checker = generated.Checker, Types = generated.Types }, purpose, cancellation).ConfigureAwait(false)
            : await PrintAsync(new(input.Stdin, null, generated.Checker), purpose, cancellation).ConfigureAwait(false);
        if (fault is null && property is not null && question is not null)
        {
            fault = await property.FaultAsync(question, purpose, cancellation).ConfigureAwait(false);
        }

        return fault is not null ? (null, fault) : (property is null ? Marked(test) : Marked(new PropertyTest(Marked(test), generated.Property!)), null);
    }

    // Beside a property, the task's reference only shows that the property can hold: several outputs may be right.
    private bool IsCompared => property is null || generated.Reference is not null;

    private async Task<(TestCase Test, PropertyQuestion? Question, Verdict? Fault)> PrintAsync(StdioTest test, string purpose, CancellationToken cancellation)
    {
        if (reference is null)
        {
            return (test, null, null);
        }

        var (output, fault) = await reference.RunAsync(test.Stdin, purpose, cancellation).ConfigureAwait(false);
        return fault is not null ? (test, null, fault)
            : (IsCompared ? test with { Stdout = AcceptedTexts.FromText(output!) } : test, PropertyQuestion.Of(test, output!), null);
    }

    private async Task<(TestCase Test, PropertyQuestion? Question, Verdict? Fault)> CallAsync(CallTest test, string purpose, CancellationToken cancellation)
    {
        if (function is null)
        {
            return (test, null, null);
        }

        // A checker's program would be asked about the reference's result, too.
        var (result, fault) = await function.CallAsync(test with { Checker = null }, purpose, cancellation).ConfigureAwait(false);
        return fault is not null ? (test, null, fault)
            : (IsCompared ? test with { Result = ReferenceFunction.JsonOf(result!) } : test, PropertyQuestion.Of(test, result!), null);
    }

    private TestCase Marked(TestCase test) => test with { Group = generated.Group, IsGenerated = true };
}
