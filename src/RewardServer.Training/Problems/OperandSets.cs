using System.Collections.Immutable;

namespace RewardServer.Training.Problems;

/// <summary>All operands that a kind of problem can have, by the part that they belong to.</summary>
internal sealed class OperandSets
{
    private readonly ImmutableArray<ImmutableArray<int>>[] parts;

    /// <summary>Sorts operands into the parts.</summary>
    /// <param name="all">The operands of every problem.</param>
    /// <param name="key">How many of each, from the first on, tell the part; all by default.</param>
    public OperandSets(IEnumerable<ImmutableArray<int>> all, int? key = null)
    {
        var byPart = all.ToLookup(operands => Splits.Of(operands.Take(key ?? operands.Length)));
        parts = [.. Enum.GetValues<Split>().Select(split => byPart[split].ToImmutableArray())];
    }

    /// <summary>The operands of a part.</summary>
    public ImmutableArray<ImmutableArray<int>> Of(Split split) => parts[(int)split];

    /// <summary>One of a part, each as likely as another.</summary>
    /// <exception cref="InvalidOperationException">The part is empty.</exception>
    public ImmutableArray<int> Draw(Split split, Random random) => Of(split) is { IsEmpty: false } part
        ? part[random.Next(part.Length)]
        : throw new InvalidOperationException($"there are no operands in the part {split}");
}
