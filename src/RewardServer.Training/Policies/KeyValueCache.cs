using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// The keys and values of sequences under way, in room for their longest: a step writes in place, and nothing is copied but when finished
/// sequences leave. All sequences end at the same slot; those that began shorter are empty at their beginnings.
/// </summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] keys;
    private readonly Tensor[] values;
    private Tensor? vacant;

    /// <summary>Makes room.</summary>
    /// <param name="policy">Whose.</param>
    /// <param name="beginnings">Tokens that each sequence begins with.</param>
    /// <param name="capacity">Tokens that the longest may have.</param>
    public KeyValueCache(Policy policy, IReadOnlyList<int> beginnings, int capacity)
    {
        Sequences = beginnings.Count;
        long[] size = [Sequences, policy.Shape.KeyValueHeads, capacity, policy.Shape.HeadSize];
        Tensor Room() => TorchSharp.torch.empty(size, policy.ComputeType, policy.Device).DetachFromDisposeScope();
        keys = [.. Enumerable.Range(0, policy.Shape.Layers).Select(_ => Room())];
        values = [.. Enumerable.Range(0, policy.Shape.Layers).Select(_ => Room())];
        var longest = beginnings.Max();
        if (beginnings.Any(length => length < longest))
        {
            vacant = tensor(beginnings.Select(length => (long)(longest - length)).ToArray(), device: policy.Device).DetachFromDisposeScope();
        }

        Type = policy.ComputeType;
    }

    /// <summary>Sequences that are still there.</summary>
    public long Sequences { get; private set; }

    /// <summary>Slots in use.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of all keys and values that there is room for.</summary>
    public long Bytes => keys.Concat(values).Sum(room => room.numel() * room.element_size());

    private ScalarType Type { get; }

    /// <summary>Positions of the next tokens: [sequences, length]; null where every sequence began with equally many, and they are the slots themselves.</summary>
    public Tensor? Positions(long length) =>
        vacant is null ? null : (WholeNumbers.Between(Length, Length + length, vacant.device).unsqueeze(0) - vacant.unsqueeze(1)).RaiseTo(0);

    /// <summary>What is added to the scores of slots: minus infinity where a sequence is empty or a slot comes later: [sequences, 1, length, slots]; null where nothing is hidden but what comes later.</summary>
    public Tensor? Mask(long length)
    {
        if (vacant is null)
        {
            return null;
        }

        var slots = WholeNumbers.Between(0, Length + length, vacant.device);
        var hidden = slots.unsqueeze(0) < vacant.unsqueeze(1);
        var later = slots.unsqueeze(0) > WholeNumbers.Between(Length, Length + length, vacant.device).unsqueeze(1);
        // A slot that is empty sees itself, or its row would have nothing to see, and what comes of that is no number.
        var both = hidden.unsqueeze(1).logical_and(slots.unsqueeze(0).ne(WholeNumbers.Between(Length, Length + length, vacant.device).unsqueeze(1)).unsqueeze(0)).logical_or(later.unsqueeze(0));
        return zeros([Sequences, 1, length, Length + length], Type, vacant.device).Fill(both.unsqueeze(1), double.NegativeInfinity);
    }

    /// <summary>Puts the keys and values of the next tokens in their slots.</summary>
    /// <returns>Those of every slot in use.</returns>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor newKeys, Tensor newValues)
    {
        var length = newKeys.shape[2];
        keys[layer].narrow(0, 0, Sequences).narrow(2, Length, length).copy_(newKeys);
        values[layer].narrow(0, 0, Sequences).narrow(2, Length, length).copy_(newValues);
        return (keys[layer].narrow(0, 0, Sequences).narrow(2, 0, Length + length), values[layer].narrow(0, 0, Sequences).narrow(2, 0, Length + length));
    }

    /// <summary>Counts the tokens that every layer has appended.</summary>
    public void Advance(long length) => Length += length;

    /// <summary>Lets sequences go: those at the end move to the places of those that leave.</summary>
    /// <param name="moved">For each place from 0 on, which sequence stands there afterwards.</param>
    public void Keep(long[] moved)
    {
        var places = Enumerable.Range(0, moved.Length).Where(i => moved[i] != i).Select(i => (long)i).ToArray();
        if (places.Length > 0)
        {
            using var scope = NewDisposeScope();
            var to = tensor(places, device: keys[0].device);
            var from = tensor(places.Select(place => moved[place]).ToArray(), device: keys[0].device);
            foreach (var room in keys.Concat(values))
            {
                var used = room.narrow(2, 0, Length);
                used.index_copy_(0, to, used.index_select(0, from));
            }
        }

        Sequences = moved.Length;
        if (vacant is not null)
        {
            using var whole = vacant;
            using var kept = tensor(moved, device: whole.device);
            vacant = whole.index_select(0, kept).DetachFromDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        vacant?.Dispose();
        foreach (var room in keys.Concat(values))
        {
            room.Dispose();
        }
    }
}
