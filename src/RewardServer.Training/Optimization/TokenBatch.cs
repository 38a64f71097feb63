using RewardServer.Training.Policies;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Optimization;

/// <summary>A sequence to learn from: what is given, and what is to be learned after it.</summary>
/// <param name="Tokens">All of it.</param>
/// <param name="Given">Tokens at its beginning that are given, at least one; those after it are learned.</param>
public readonly record struct TokenSequence(int[] Tokens, int Given);

/// <summary>
/// Some whole sequences side by side, each filled up at its end to the longest. Those of like length stand together, so that little is filled.
/// </summary>
public sealed class TokenBatch
{
    private readonly IReadOnlyList<TokenSequence> sequences;

    private TokenBatch(int[] members, IReadOnlyList<TokenSequence> sequences)
    {
        Members = members;
        this.sequences = sequences;
    }

    /// <summary>Which of the sequences it holds, by their places in the list that was packed.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>Tokens that are learned.</summary>
    public int Learned => Members.Sum(i => sequences[i].Tokens.Length - sequences[i].Given);

    /// <summary>Parts sequences into batches that have, what is filled included, no more tokens than a budget; a longer sequence stands alone.</summary>
    public static IEnumerable<TokenBatch> Pack(IReadOnlyList<TokenSequence> sequences, int budget)
    {
        var members = new List<int>();
        foreach (var i in Enumerable.Range(0, sequences.Count).OrderByDescending(i => sequences[i].Tokens.Length).ThenBy(i => i))
        {
            if (members.Count > 0 && (members.Count + 1) * sequences[members[0]].Tokens.Length > budget)
            {
                yield return new([.. members], sequences);
                members.Clear();
            }

            members.Add(i);
        }

        if (members.Count > 0)
        {
            yield return new([.. members], sequences);
        }
    }

    /// <summary>Logits and targets of the tokens that are learned, of all sequences end to end.</summary>
    /// <param name="policy">Who is asked.</param>
    /// <returns>Logits [learned, vocabulary], fp32; the tokens that follow [learned], int64.</returns>
    public (Tensor Logits, Tensor Targets) Ask(Policy policy)
    {
        var length = sequences[Members[0]].Tokens.Length;
        var tokens = new long[Members.Count * length];
        var places = new long[Learned];
        var targets = new long[Learned];
        var learned = 0;
        for (var row = 0; row < Members.Count; row++)
        {
            var sequence = sequences[Members[row]];
            for (var i = 0; i < sequence.Tokens.Length; i++)
            {
                tokens[row * length + i] = sequence.Tokens[i];
                if (i >= sequence.Given)
                {
                    places[learned] = row * length + i - 1;
                    targets[learned++] = sequence.Tokens[i];
                }
            }
        }

        var device = policy.Device;
        var hidden = policy.Hidden(tensor(tokens, [Members.Count, length], device: device));
        var asked = hidden.view(-1, policy.Shape.HiddenSize).index_select(0, tensor(places, device: device));
        return (policy.Logits(asked), tensor(targets, device: device));
    }

    /// <summary>The log-probability of each target under its logits: [learned].</summary>
    public static Tensor LogProbabilities(Tensor logits, Tensor targets) => -F.cross_entropy(logits, targets, reduction: nn.Reduction.None);
}
