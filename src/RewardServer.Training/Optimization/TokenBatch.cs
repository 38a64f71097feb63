using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Optimization;

/// <summary>A sequence to learn from: what is given, and what is to be learned after it.</summary>
/// <param name="Tokens">All of it.</param>
/// <param name="Given">Tokens at its beginning that are given, at least one; those after it are learned.</param>
public readonly record struct TokenSequence(int[] Tokens, int Given)
{
    /// <summary>How many are learned.</summary>
    public int Learned => Tokens.Length - Given;
}

/// <summary>
/// Some whole sequences in rows of one length, several in a row where they fit, each seeing itself alone: next to nothing is computed that is
/// not learned from.
/// </summary>
public sealed class TokenBatch
{
    // Rows that are not shorter: short sequences share one, and the kernels have enough to do.
    private const int ShortestRow = 128;

    private readonly IReadOnlyList<TokenSequence> sequences;
    private readonly int[][] rows;
    private readonly int width;

    private TokenBatch(int[][] rows, int width, IReadOnlyList<TokenSequence> sequences)
    {
        (this.rows, this.width, this.sequences) = (rows, width, sequences);
        Members = [.. rows.SelectMany(row => row)];
    }

    /// <summary>Which of the sequences it holds, by their places in the list that was packed, in the order of its targets.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>Tokens that are computed: all rows whole.</summary>
    public int Computed => rows.Length * width;

    /// <summary>Tokens that are learned.</summary>
    public int Learned => Members.Sum(i => sequences[i].Learned);

    /// <summary>Parts sequences into batches that compute no more tokens than a budget; a longer sequence stands alone.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="budget">Tokens that a batch computes.</param>
    /// <param name="among">Which of them are packed, in ascending order; null for all.</param>
    public static IEnumerable<TokenBatch> Pack(IReadOnlyList<TokenSequence> sequences, int budget, IEnumerable<int>? among = null)
    {
        var longestFirst = (among ?? Enumerable.Range(0, sequences.Count)).OrderByDescending(i => sequences[i].Tokens.Length).ThenBy(i => i).ToList();
        while (longestFirst.Count > 0)
        {
            // A sequence longer than the shortest row makes a batch of such rows; what is left of them takes the short.
            var longest = sequences[longestFirst[0]].Tokens.Length;
            var width = Math.Max(longest, Math.Min(ShortestRow, budget));
            var rows = new List<int>[Math.Max(1, budget / width)];
            var room = new int[rows.Length];
            var left = new List<int>();
            var used = 0;
            foreach (var i in longestFirst)
            {
                var length = sequences[i].Tokens.Length;
                var row = Array.FindIndex(room, 0, used, free => free >= length);
                if (row < 0 && used < rows.Length)
                {
                    row = used++;
                    (rows[row], room[row]) = ([], width);
                }

                if (row < 0)
                {
                    left.Add(i);
                    continue;
                }

                rows[row].Add(i);
                room[row] -= length;
            }

            // A row of one sequence has the positions of its places, of which a policy may know fewer than the shortest row has.
            var shared = rows.Take(used).Any(row => row.Count > 1);
            yield return new([.. rows.Take(used).Select(row => row.ToArray())], shared ? width : longest, sequences);
            longestFirst = left;
        }
    }

    /// <summary>Logits and targets of the tokens that are learned, of all sequences end to end.</summary>
    /// <param name="policy">Who is asked.</param>
    /// <returns>Logits [learned, vocabulary], fp32; the tokens that follow [learned], int64.</returns>
    public (Tensor Logits, Tensor Targets) Ask(Policy policy)
    {
        var (hidden, targets) = Before(policy);
        return (policy.Logits(hidden), targets);
    }

    /// <summary>Numbers of the tokens that are learned by their logits, of all sequences end to end; logits exist of some tokens at once.</summary>
    /// <param name="policy">Who is asked.</param>
    /// <param name="numbers">Given logits and targets of some of the tokens, [tokens, vocabulary] and [tokens], and at which they begin: each number of theirs, [tokens]. It may be asked twice.</param>
    /// <returns>Each number: [learned].</returns>
    public Tensor[] Numbers(Policy policy, Func<Tensor, Tensor, long, Tensor[]> numbers)
    {
        var (hidden, targets) = Before(policy);
        return policy.ByLogits(hidden, (logits, start) => numbers(logits, targets.narrow(0, start, logits.shape[0]), start));
    }

    /// <summary>The log-probability of each token that is learned, of all sequences end to end: [learned].</summary>
    /// <param name="policy">Who is asked.</param>
    /// <param name="temperature">What logits are divided by.</param>
    public Tensor LogProbabilitiesOf(Policy policy, double temperature = 1) =>
        Numbers(policy, (logits, targets, _) => [LogProbabilities(AtTemperature(logits, temperature), targets)])[0];

    /// <summary>Logits at a temperature.</summary>
    public static Tensor AtTemperature(Tensor logits, double temperature) => temperature == 1 ? logits : logits.Over(temperature);

    /// <summary>What the last layer gives before each token that is learned, of all sequences end to end.</summary>
    /// <param name="policy">Who is asked.</param>
    /// <returns>[learned, hidden size]; the tokens that follow [learned], int64.</returns>
    public (Tensor Hidden, Tensor Targets) Before(Policy policy)
    {
        var (places, targets, learned) = (new long[Learned], new long[Learned], 0);
        foreach (var (sequence, start) in Placed())
        {
            for (var i = sequence.Given; i < sequence.Tokens.Length; i++)
            {
                (places[learned], targets[learned++]) = (start + i - 1, sequence.Tokens[i]);
            }
        }

        return (At(policy, places), tensor(targets, device: policy.Device));
    }

    /// <summary>What the last layer gives at the last token of each sequence, in the order of <see cref="Members"/>: [sequences, hidden size].</summary>
    /// <param name="policy">Who is asked.</param>
    public Tensor Ends(Policy policy) => At(policy, [.. Placed().Select(one => (long)(one.Start + one.Sequence.Tokens.Length - 1))]);

    /// <summary>One number for each token that is learned of each sequence, without gradients, a batch at a time.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="budget">Tokens that a batch computes.</param>
    /// <param name="pass">Gives the numbers of a batch: [learned].</param>
    /// <returns>For each sequence, a number for each token after those that are given.</returns>
    public static float[][] Each(IReadOnlyList<TokenSequence> sequences, int budget, Func<TokenBatch, Tensor> pass)
    {
        using var _ = no_grad();
        var numbers = new float[sequences.Count][];
        foreach (var batch in Pack(sequences, budget))
        {
            using var scope = NewDisposeScope();
            var (all, at) = (pass(batch).cpu().data<float>().ToArray(), 0);
            foreach (var member in batch.Members)
            {
                var learned = sequences[member].Learned;
                numbers[member] = all[at..(at + learned)];
                at += learned;
            }
        }

        return numbers;
    }

    /// <summary>The log-probability of each target under its logits: [learned].</summary>
    public static Tensor LogProbabilities(Tensor logits, Tensor targets) => -F.cross_entropy(logits, targets, reduction: nn.Reduction.None);

    // Every sequence with the place at which it begins in all rows.
    private IEnumerable<(TokenSequence Sequence, int Start)> Placed()
    {
        for (var row = 0; row < rows.Length; row++)
        {
            var at = row * width;
            foreach (var member in rows[row])
            {
                yield return (sequences[member], at);
                at += sequences[member].Tokens.Length;
            }
        }
    }

    private Tensor At(Policy policy, long[] places)
    {
        var (tokens, positions, owners) = (new long[Computed], new long[Computed], new long[Computed]);
        foreach (var (member, (sequence, start)) in Placed().Index())
        {
            for (var i = 0; i < sequence.Tokens.Length; i++)
            {
                // What is filled belongs to nobody: to 0.
                (tokens[start + i], positions[start + i], owners[start + i]) = (sequence.Tokens[i], i, member + 1);
            }
        }

        Tensor Rows(long[] values) => tensor(values, [rows.Length, width], device: policy.Device);

        var shared = Array.Exists(rows, row => row.Length > 1);
        var hidden = shared ? policy.Hidden(Rows(tokens), Rows(positions), Rows(owners)) : policy.Hidden(Rows(tokens));
        return hidden.view(-1, policy.Shape.HiddenSize).index_select(0, tensor(places, device: policy.Device));
    }
}
