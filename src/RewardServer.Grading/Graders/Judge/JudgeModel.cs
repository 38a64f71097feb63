using System.Text;
using RewardServer.Grading.Graders.Judge.Asking;
using RewardServer.Grading.Graders.Judge.Protocols;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>One judge of the configuration, ready to be asked.</summary>
internal sealed class JudgeModel : IDisposable
{
    private const long MostBytesOfReferences = 1 << 20, BytesOfOne = 512;

    private readonly JudgeSettings settings;
    private readonly JudgeConnection connection;
    private readonly Inquiry inquiry;

    // Every candidate of a prompt is compared with the same reference.
    private readonly ContentStore<Judgement> references = new(MostBytesOfReferences, _ => BytesOfOne, judged => judged.End is JudgementEnd.Given);

    /// <param name="name">Its name in rubrics.</param>
    /// <param name="settings">Its settings, which have no errors.</param>
    /// <param name="time">The clock of waits and time-outs.</param>
    public JudgeModel(string name, JudgeSettings settings, TimeProvider time)
    {
        (Name, this.settings) = (name, settings);
        connection = new(name, settings, time);
        var protocol = JudgeProtocol.Of(settings);
        inquiry = new(name, connection, protocol, settings);
    }

    /// <summary>Its name in rubrics.</summary>
    public string Name { get; }

    /// <summary>Whether it tells which of two answers is preferred, and not how good one is.</summary>
    public bool Prefers => settings.Kind == "bradley-terry";

    /// <summary>Characters of a text that it is shown.</summary>
    public int MaxCharacters => settings.MaxCharacters;

    /// <summary>Judges a response: a value from 0 to 1, or why there is none.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="shared">What asks the same once; null to ask anew.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public ValueTask<Judgement> JudgeAsync(JudgeQuestion question, Deduplication? shared, CancellationToken cancellation)
    {
        ValueTask<Judgement> Judge() => new(JudgeAsync(question, cancellation));
        return shared is null ? Judge() : shared.OfAsync("judge", ContentKey.Of([Encoding.UTF8.GetBytes(Name), Encoding.ASCII.GetBytes(question.Key())]), Judge, BytesOf, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // What came of a fault is not kept.
    private static long? BytesOf(Judgement judged) =>
        judged.End == JudgementEnd.Given ? BytesOfOne + (2L * (judged.Reply?.Length ?? 0)) + (sizeof(double) * judged.Samples.Length) : null;

    private async Task<Judgement> JudgeAsync(JudgeQuestion question, CancellationToken cancellation)
    {
        // Before the candidate is looked at: whether there is something to compare with is the task's alone.
        var reference = await ReferenceAsync(question, cancellation).ConfigureAwait(false);
        if (reference is { End: not JudgementEnd.Given })
        {
            return reference;
        }

        if (string.IsNullOrWhiteSpace(question.Response))
        {
            return new(JudgementEnd.Given, 0, "there is nothing to judge: the response is empty");
        }

        var judged = await inquiry.AskAsync(question, cancellation).ConfigureAwait(false);
        return Prefers && judged.End == JudgementEnd.Given ? Preferred(judged, reference) : judged;
    }

    private async Task<Judgement?> ReferenceAsync(JudgeQuestion question, CancellationToken cancellation)
    {
        if (!Prefers || string.IsNullOrWhiteSpace(question.Reference))
        {
            return null;
        }

        var about = question with { Response = question.Reference, Reference = null };
        var judged = await references.GetAsync(about.Key(), () => inquiry.AskAsync(about, cancellation), cancellation).ConfigureAwait(false);
        return judged.End == JudgementEnd.Broken ? new(JudgementEnd.Unjudgeable, 0, $"the judge '{Name}' gives no score for the task's reference") : judged;
    }

    // The probability by which the response is preferred (Bradley and Terry 1952, "Rank analysis of incomplete block designs", equation 1, in logits).
    private Judgement Preferred(Judgement judged, Judgement? reference) => judged with
    {
        Value = 1 / (1 + Math.Exp(((reference?.Value ?? 0) - judged.Value) / settings.RewardScale)),
        ReferenceReward = reference?.Value,
    };
}
