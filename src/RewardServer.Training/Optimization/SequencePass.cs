using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Optimization;

/// <summary>One number a whole sequence, with gradients: what losses of pairs are made of.</summary>
public static class SequencePass
{
    /// <summary>The numbers of sequences, in their order; what it makes is left to the scope of the caller.</summary>
    /// <param name="sequences">The sequences; at least one.</param>
    /// <param name="budget">Tokens that a pass computes; the graphs of all passes are kept until the caller's scope ends.</param>
    /// <param name="pass">Gives a number for each member of a batch: [members].</param>
    /// <returns>[sequences].</returns>
    public static Tensor Of(IReadOnlyList<TokenSequence> sequences, int budget, Func<TokenBatch, Tensor> pass)
    {
        var (numbers, places) = (new List<Tensor>(), new long[sequences.Count]);
        foreach (var batch in TokenBatch.Pack(sequences, budget))
        {
            var before = numbers.Sum(one => one.shape[0]);
            for (var i = 0; i < batch.Members.Count; i++)
            {
                places[batch.Members[i]] = before + i;
            }

            numbers.Add(pass(batch));
        }

        var all = cat([.. numbers], 0);
        return all.index_select(0, tensor(places, device: all.device));
    }

    /// <summary>The sum of a number of each token that is learned over each member of a batch: [members].</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sequences">The sequences that it was packed of.</param>
    /// <param name="tokens">A number a token: [learned].</param>
    public static Tensor Sums(TokenBatch batch, IReadOnlyList<TokenSequence> sequences, Tensor tokens)
    {
        long[] owners = [.. batch.Members.SelectMany((member, i) => Enumerable.Repeat((long)i, sequences[member].Tokens.Length - sequences[member].Given))];
        return zeros(batch.Members.Count, tokens.dtype, tokens.device).AddedAt(tensor(owners, device: tokens.device), tokens);
    }
}
