using RewardServer.Grading.Graders.Judge.Asking;
using RewardServer.Grading.Graders.Judge.Protocols;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>
/// Asks a judge about one text, and where it gives no score, whose doing that is. The text's, where the judge scores a harmless text of the
/// same length in its place, twice, and this one between the two not: no candidate can have itself left out by a text that judges break on.
/// A judge that cannot be reached is never the text's doing.
/// </summary>
/// <param name="name">The judge's.</param>
/// <param name="connection">The way to it.</param>
/// <param name="protocol">How it is spoken to.</param>
/// <param name="settings">How long texts may be, and how often it is asked.</param>
internal sealed class Inquiry(string name, JudgeConnection connection, IJudgeProtocol protocol, JudgeSettings settings)
{
    // Tries that count as gone before, for what grows with each: without retries, the last word is asked for with the most room.
    private readonly int before = settings.Retries == 0 ? 2 : 0;

    private const string Sentence = "The answer follows from what was asked, and it is given here in plain words. ";

    private int Samples => settings.Kind == "chat" ? settings.Samples : 1;

    /// <summary>Asks.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Judgement> AskAsync(JudgeQuestion question, CancellationToken cancellation)
    {
        var (judgement, fault) = await SampleAsync(question, 0, cancellation).ConfigureAwait(false);
        return fault is null ? judgement!
            : fault.MayBeTheTexts ? await AttributeAsync(question, fault, cancellation).ConfigureAwait(false)
            : Judgement.Failed(name, fault);
    }

    private async Task<Judgement> AttributeAsync(JudgeQuestion question, JudgeFault first, CancellationToken cancellation)
    {
        if (await CanaryFaultAsync(question, cancellation).ConfigureAwait(false))
        {
            return Judgement.Failed(name, Also(first));
        }

        var (judgement, again) = await SampleAsync(question, before, cancellation).ConfigureAwait(false);
        return again is null ? judgement!
            : !again.MayBeTheTexts ? Judgement.Failed(name, again)
            : await CanaryFaultAsync(question, cancellation).ConfigureAwait(false) ? Judgement.Failed(name, Also(again))
            : Judgement.Broken(name, again);
    }

    private static JudgeFault Also(JudgeFault fault) => fault with { Message = $"{fault.Message}; nor does it score a harmless text" };

    private async Task<bool> CanaryFaultAsync(JudgeQuestion question, CancellationToken cancellation)
    {
        var length = Math.Clamp(question.Response.Length, Sentence.Length, settings.MaxCharacters);
        var harmless = string.Concat(Enumerable.Repeat(Sentence, (length / Sentence.Length) + 1))[..length];
        var (_, fault) = await SampleAsync(question with { Response = harmless }, before, cancellation).ConfigureAwait(false);
        return fault is not null;
    }

    private async Task<(Judgement? Judgement, JudgeFault? Fault)> SampleAsync(JudgeQuestion question, int gone, CancellationToken cancellation)
    {
        var asked = Enumerable.Range(0, Samples).Select(sample => connection.AskAsync(
            tries => protocol.Request(question, sample, gone + tries), protocol.Read, cancellation));
        var replies = await Task.WhenAll(asked).ConfigureAwait(false);
        var fault = replies.FirstOrDefault(reply => reply.Fault is not null)?.Fault;
        return fault is null ? (Judgement.Of(name, replies), null) : (null, fault);
    }
}
