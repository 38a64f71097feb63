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

    /// <summary>
    /// Whether the run has broken the sandbox before, alone or as it talked to this partner. Where nothing ever has, which
    /// is the rule, nothing is hashed.
    /// </summary>
    public bool Contains(AgentRun run, AgentRun? partner = null)
    {
        lock (gate)
        {
            if (known.Count == 0)
            {
                return false;
            }
        }

        var hash = HashOf(run, partner);
        lock (gate)
        {
            return known.Contains(hash);
        }
    }

    /// <summary>Remembers a run; the oldest is forgotten for it where there are too many.</summary>
    public void Add(AgentRun run, AgentRun? partner = null)
    {
        var hash = HashOf(run, partner);
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

    private static string HashOf(AgentRun run, AgentRun? partner)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var one in partner is null ? [run] : new[] { run, partner })
        {
            using var head = new MemoryStream();
            hash.AppendData(Frames.EncodeRunHead(0, one, head).Span);
            hash.AppendData(BitConverter.GetBytes(one.Stdin.Length));
            hash.AppendData(one.Stdin.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
