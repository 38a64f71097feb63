using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RewardServer.Sandboxing.Engines;

/// <summary>
/// Triples of user ids that nobody else has: the first is a slot's agent on the host, the second its candidate, the
/// third its resident. So two slots cannot signal each other, and the kernel counts the processes of each apart.
/// </summary>
internal static class HostIds
{
    // For the largest pool twice: another pool, or a probe beside it, needs some too.
    private const int MostTriples = 2 * SandboxOptions.MaxSlots, FewestTriples = 128;

    // Above what distributions, systemd and container tools hand out, and below what some tools print as negative.
    private const long HighBase = 0x7000_0000, HighSpan = 1L << 28;

    // The first, for the block is found by it.
    private static readonly uint Own = FindOwnNumber();
    private static readonly Lock Gate = new();
    private static readonly (long First, int Triples)? Block = FindBlock();
    private static readonly bool[] Taken = new bool[Block?.Triples ?? 0];

    /// <summary>
    /// The same for one process always, and unlikely to be another server's on the same host: not even one's in another
    /// container, where all have the same process id.
    /// </summary>
    public static uint OwnNumber => Own;

    /// <summary>Whether this process can give away ids: it is root and has more than its own.</summary>
    public static bool Available => Block is not null;

    /// <summary>The first id of a triple, or null where there is none left to give.</summary>
    public static long? Take()
    {
        lock (Gate)
        {
            var free = Array.IndexOf(Taken, false);
            if (Block is null || free < 0)
            {
                return null;
            }

            Taken[free] = true;
            return Block.Value.First + (3 * free);
        }
    }

    public static void Return(long? id)
    {
        if (id is { } value)
        {
            lock (Gate)
            {
                Taken[(value - Block!.Value.First) / 3] = false;
            }
        }
    }

    private static (long First, int Triples)? FindBlock()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        // In a container with a user namespace of its own few ids are mapped, and only those can be given on.
        var (first, count) = Smaller(LargestRange("/proc/self/uid_map"), LargestRange("/proc/self/gid_map"));
        (first, count) = first + count >= HighBase + HighSpan ? (HighBase, HighSpan) : (first + (count / 2), count / 2);
        var triples = (int)Math.Min(MostTriples, count / 3);
        return triples < FewestTriples ? null : (first + (3 * triples * (Own % (count / (3 * triples)))), triples);
    }

    private static uint FindOwnNumber()
    {
        var self = ProcessIdentity.Own;
        var space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{self.Id} {self.StartTicks} {space}")));
    }

    private static (long First, long Count) Smaller((long First, long Count) a, (long First, long Count) b) =>
        a.Count <= b.Count ? a : b;

    private static (long First, long Count) LargestRange(string map) =>
        File.ReadLines(map)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture)))
            .MaxBy(range => range.Item2);
}
