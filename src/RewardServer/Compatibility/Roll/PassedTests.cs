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
    private const int MostAnswers = 4096, LongestOutput = 16 << 10;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (RunCodeResponse Answer, long At)> answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long At)> oldestFirst = new();

    /// <summary>The answer that the same test just had, where it passed; it is given once.</summary>
    public RunCodeResponse? Take(RollTest test)
    {
        lock (gate)
        {
            Forget();
            return answers.Remove(test.Key, out var known) ? known.Answer : null;
        }
    }

    /// <summary>Keeps an answer for the second post, where it passes the test.</summary>
    public void Keep(RollTest test, RunCodeResponse answer)
    {
        if (!test.IsPassedBy(answer) || answer.RunResult!.Stdout.Length + answer.RunResult.Stderr.Length > LongestOutput)
        {
            return;
        }

        lock (gate)
        {
            var now = time.GetTimestamp();
            answers[test.Key] = (answer, now);
            oldestFirst.Enqueue((test.Key, now));
            Forget();
        }
    }

    private void Forget()
    {
        while (oldestFirst.TryPeek(out var oldest) && (oldestFirst.Count > MostAnswers || time.GetElapsedTime(oldest.At) > Kept))
        {
            oldestFirst.Dequeue();
            if (answers.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
            {
                answers.Remove(oldest.Key);
            }
        }
    }
}
