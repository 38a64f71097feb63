namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>
/// Random numbers that follow from a seed alone, the same on every machine and in every version of the runtime:
/// SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="stream">Streams of one seed are independent of each other.</param>
public sealed class SeededRandom(long seed, long stream)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state = Mix((ulong)seed) + Mix(Mix((ulong)stream + Step));

    /// <summary>A whole number within bounds, each as likely as the others.</summary>
    public long Between(long least, long most)
    {
        var count = (ulong)(most - least) + 1;

        // Numbers above the last whole multiple would make the first ones likelier.
        var unfair = (ulong.MaxValue % count + 1) % count;
        ulong drawn;
        do
        {
            state += Step;
            drawn = Mix(state);
        }
        while (drawn > ulong.MaxValue - unfair);

        return least + (long)(drawn % count);
    }

    /// <summary>Puts things in an order of which all are as likely.</summary>
    public void Shuffle<T>(Span<T> things)
    {
        for (var last = things.Length - 1; last > 0; last--)
        {
            var other = (int)Between(0, last);
            (things[last], things[other]) = (things[other], things[last]);
        }
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
