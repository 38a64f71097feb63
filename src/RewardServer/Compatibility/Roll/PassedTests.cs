using RewardServer.Compatibility.SandboxFusion;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// ROLL posts each test twice, one after the other, and counts it as passed where either answer passes. So the second post of a test that passed
/// is answered as the first was: no run of it could change what the client counts, whatever the program does. One that did not
/// pass is run again: the second post is its second chance. An answer serves once, and for a minute.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class PassedTests(TimeProvider time)
{
    // In characters, each of two bytes.
    private const int MostAnswers = 4096, LongestAnswer = 16 << 10, LongestTogether = 16 << 20;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (RunCodeResponse Answer, long At)> answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long At)> oldestFirst = new();
    private int length;

    /// <summary>The answer that the same test just had, where it passed; it is given once.</summary>
    public RunCodeResponse? Take(RollTest test)
    {
        lock (gate)
        {
            Forget();
            return Remove(test.Key);
        }
    }

    /// <summary>Keeps an answer for the second post, where it passes the test.</summary>
    public void Keep(RollTest test, RunCodeResponse answer)
    {
        if (!test.IsPassedBy(answer) || LengthOf(answer) > LongestAnswer)
        {
            return;
        }

        lock (gate)
        {
            var now = time.GetTimestamp();
            Remove(test.Key);
            answers[test.Key] = (answer, now);
            length += LengthOf(answer);
            oldestFirst.Enqueue((test.Key, now));
            Forget();
        }
    }

    private static int LengthOf(RunCodeResponse answer) => LengthOf(answer.CompileResult) + LengthOf(answer.RunResult);

    private static int LengthOf(CommandResult? result) => result is null ? 0 : result.Stdout.Length + result.Stderr.Length;

    private RunCodeResponse? Remove(string key)
    {
        if (!answers.Remove(key, out var known))
        {
            return null;
        }

        length -= LengthOf(known.Answer);
        return known.Answer;
    }

    private void Forget()
    {
        while (oldestFirst.TryPeek(out var oldest) && (oldestFirst.Count > MostAnswers || length > LongestTogether || time.GetElapsedTime(oldest.At) > Kept))
        {
            oldestFirst.Dequeue();
            if (answers.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
            {
                Remove(oldest.Key);
            }
        }
    }
}
