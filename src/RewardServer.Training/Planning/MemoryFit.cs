using RewardServer.Training.Policies;

namespace RewardServer.Training.Planning;

/// <summary>Fits a run into the memory that there is, or says what would.</summary>
/// <param name="room">Bytes of the device that it may take.</param>
/// <param name="host">Bytes of main memory that it may take; null where nothing says, or where that is the device's.</param>
/// <param name="isHost">Whether the device is the CPU: what it keeps for others is in the same memory, offloading saves nothing, and what is planned from above may be less.</param>
/// <param name="bounded">Whether fewer sequences are generated at once where memory has no room for all; else a recipe must say so.</param>
/// <param name="adaptable">Whether the recipe could train adapters.</param>
/// <param name="fields">The members of the recipe that say how many tokens a pass has, and how many they say.</param>
internal sealed class MemoryFit(long room, long? host, bool isHost, bool bounded, bool adaptable, (string Name, int Tokens)[] fields)
{
    // What adapters of all projections have in most recipes.
    private const int Rank = 16;

    /// <summary>The needs, with fewer sequences at once where that is allowed and what it takes; null where they do not fit.</summary>
    public MemoryNeeds? Of(MemoryNeeds needs) => Within(needs) is { } fitting && (bounded || fitting.Sequences == needs.Sequences) ? fitting : null;

    /// <summary>What a recipe could say to fit, each with what it would take: single members, or where none does, several together.</summary>
    public IReadOnlyList<string> Ways(MemoryNeeds needs)
    {
        string[] single = [.. Single(needs).SelectMany(way => Told(way.Change, way.Needs))];
        return single.Length > 0 ? single : [.. Together(needs).SelectMany(way => Told(way.Change, way.Needs))];
    }

    private IEnumerable<(string Change, MemoryNeeds Needs)> Single(MemoryNeeds needs)
    {
        yield return ("", needs);
        foreach (var way in Fewer(needs, ""))
        {
            yield return way;
        }

        foreach (var way in Saving(needs))
        {
            yield return way;
        }
    }

    private IEnumerable<(string Change, MemoryNeeds Needs)> Together(MemoryNeeds needs)
    {
        foreach (var (change, saving) in Saving(needs))
        {
            foreach (var way in Fewer(saving, change))
            {
                yield return way;
            }

            // In one order, so that no two are told twice.
            foreach (var (other, both) in saving.Checkpointing ? Saving(saving) : [])
            {
                foreach (var way in Within(both) is null ? Fewer(both, $"{change} and {other}") : [($"{change} and {other}", both)])
                {
                    yield return way;
                }
            }
        }
    }

    private IEnumerable<(string Change, MemoryNeeds Needs)> Saving(MemoryNeeds needs)
    {
        if (!needs.Checkpointing)
        {
            yield return ("memory.gradientCheckpointing: true", needs with { Checkpointing = true });
        }

        if (!needs.Offload && !isHost && needs.Adapters is null)
        {
            yield return ("memory.optimizerOffload: true", needs with { Offload = true });
        }

        if (adaptable && needs.Adapters is null && !needs.Offload)
        {
            yield return ($"lora: {{rank: {Rank}}}", needs with { Adapters = Adapters(needs.Shape) });
        }
    }

    private IEnumerable<(string Change, MemoryNeeds Needs)> Fewer(MemoryNeeds needs, string with)
    {
        if (needs.BatchTokensWithin(Room(needs)) is { } tokens)
        {
            var names = string.Join(" and ", fields.Where(field => field.Tokens > tokens).Select(field => field.Name));
            yield return ($"{with}{(with.Length > 0 ? " and " : "")}{names}: {tokens}", needs with { BatchTokens = tokens });
        }
    }

    private IEnumerable<string> Told(string change, MemoryNeeds needs)
    {
        if (Within(needs) is { } fitting && (host is null || fitting.Plan().Host <= host))
        {
            var fewer = bounded || fitting.Sequences == needs.Sequences ? "" : $"memory.sequences: {fitting.Sequences}";
            var plan = fitting.Plan();
            yield return $"{change}{(change.Length > 0 && fewer.Length > 0 ? " and " : "")}{fewer} ({MemoryPlan.Words(plan.Device)}{(plan.Host > 0 ? $", and {MemoryPlan.Words(plan.Host)} of main memory" : "")})";
        }
    }

    private MemoryNeeds? Within(MemoryNeeds needs)
    {
        var own = Room(needs);
        var fitting = Fits(needs, own) ? needs : needs with { Sequences = needs.SequencesWithin(own) };
        return fitting.Sequences > 0 && Fits(fitting, own) ? fitting : null;
    }

    private bool Fits(MemoryNeeds needs, long own) => (isHost ? needs.Plan().Least : needs.Plan().Device) <= own;

    private long Room(MemoryNeeds needs) => isHost ? room - needs.Plan().Host : room;

    private static long Adapters(PolicyShape shape) => new LoraShape(Rank, 2 * Rank, LoraShape.Projections).Layout(shape).Sum(adapter => adapter.Size);
}
