using System.Security.Cryptography;
using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Remembers what broke the sandbox, so that a program which is sent again and again does not cost two slots each time.
/// A hash of all that the agent would be sent: with other input or limits it is another run.
/// </summary>
internal sealed class KnownBreakers
{
    private const int Most = 1024;

    private readonly Lock gate = new();
    private readonly HashSet<string> known = [];
    private readonly Queue<string> oldestFirst = new();

    /// <summary>Whether the run has broken the sandbox before. Where nothing ever has, which is the rule, nothing is hashed.</summary>
    public bool Contains(AgentRun run)
    {
        lock (gate)
        {
            if (known.Count == 0)
            {
                return false;
            }
        }

        var hash = HashOf(run);
        lock (gate)
        {
            return known.Contains(hash);
        }
    }

    /// <summary>Remembers a run; the oldest is forgotten for it where there are too many.</summary>
    public void Add(AgentRun run)
    {
        var hash = HashOf(run);
        lock (gate)
        {
            if (!known.Add(hash))
            {
                return;
            }

            oldestFirst.Enqueue(hash);
            if (oldestFirst.Count > Most)
            {
                known.Remove(oldestFirst.Dequeue());
            }
        }
    }

    private static string HashOf(AgentRun run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Frames.EncodeRunHead(0, run));
        hash.AppendData(run.Stdin.Span);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
