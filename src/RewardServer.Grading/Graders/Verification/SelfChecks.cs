using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>Finds the sentences of a text that announce or make a check. One pass, linear in the text.</summary>
internal sealed class SelfChecks
{
    // Two checks with at most so many sentences from one to the next are of one run.
    private const int Near = 5;

    private readonly List<int> starts = [];
    private readonly HashSet<ulong> seen = [];
    private int repeated, unstated, sentences, lastSentence, run, longestLateRun;

    private SelfChecks()
    {
    }

    /// <summary>What is found in a text.</summary>
    public static VerificationDetails In(ReadOnlySpan<char> text)
    {
        using var lowered = new LoweredText(text);
        var checks = new SelfChecks();
        var sentence = new SentenceReader(lowered.Text);
        while (sentence.Next())
        {
            checks.Read(lowered.Text[sentence.Start..sentence.End], sentence.Start, text.Length);
        }

        checks.State(0);
        return checks.Details(text.Length);
    }

    private void Read(ReadOnlySpan<char> sentence, int start, int length)
    {
        var reader = new PhraseReader(sentence, VerificationPhrases.All);
        var check = reader.Next() is not null;
        if (!check && reader.Words == 0)
        {
            return;
        }

        sentences++;
        if (check)
        {
            unstated++;
            Place(start + reader.Start, length);
        }

        // "Let me verify." says nothing of what is checked: the next sentence that states something does.
        if (unstated > 0 && StatementHash.Of(sentence) is { } statement)
        {
            State(statement);
        }
    }

    private void Place(int start, int length)
    {
        starts.Add(start);
        var late = start >= 2L * length / 3;
        run = !late ? 0 : run > 0 && sentences - lastSentence <= Near ? run + 1 : 1;
        (lastSentence, longestLateRun) = (sentences, Math.Max(longestLateRun, run));
    }

    private void State(ulong statement)
    {
        for (; unstated > 0; unstated--)
        {
            repeated += seen.Add(statement) ? 0 : 1;
        }
    }

    private VerificationDetails Details(int length) => new(
        starts.Count, repeated,
        starts.Count == 0 ? null : (double)starts[0] / length,
        starts.Count == 0 ? null : (double)starts[starts.Count / 2] / length,
        longestLateRun);
}
