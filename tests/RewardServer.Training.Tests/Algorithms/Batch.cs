using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

/// <summary>Some sequences in plain numbers, float64: what terms are made of.</summary>
/// <param name="Lengths">Tokens of each sequence.</param>
/// <param name="LogProbabilities">Of each token under the policy.</param>
/// <param name="Behaviour">Of each token under the policy that wrote it.</param>
/// <param name="Advantages">Of each sequence.</param>
internal sealed record Batch(int[] Lengths, double[] LogProbabilities, double[] Behaviour, double[] Advantages)
{
    /// <summary>Which sequence each token belongs to.</summary>
    public int[] Sequences { get; } = [.. Lengths.SelectMany((length, sequence) => Enumerable.Repeat(sequence, length))];

    /// <summary>Tokens in all.</summary>
    public int Tokens => Sequences.Length;

    /// <summary>The ratio of each token.</summary>
    public double[] Ratios => [.. LogProbabilities.Zip(Behaviour, (own, other) => Math.Exp(own - other))];

    /// <summary>One sequence of one token a ratio, with an advantage each.</summary>
    public static Batch OfRatios(params (double Ratio, double Advantage)[] tokens) => new(
        [.. tokens.Select(_ => 1)],
        [.. tokens.Select(token => Math.Log(token.Ratio) - 2)],
        [.. tokens.Select(_ => -2.0)],
        [.. tokens.Select(token => token.Advantage)]);

    /// <summary>Sequences of these lengths with random numbers; the policies' logarithms differ by about a third.</summary>
    public static Batch Drawn(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        double Spread(double width) => (random.NextDouble() * 2 - 1) * width;
        var own = Enumerable.Range(0, lengths.Sum()).Select(_ => -0.1 - 3 * random.NextDouble()).ToArray();
        return new(lengths, own, [.. own.Select(value => value + Spread(0.6))], [.. lengths.Select(_ => Spread(2))]);
    }

    /// <summary>The same, of a policy that wrote the tokens itself.</summary>
    public Batch OnPolicy => this with { Behaviour = LogProbabilities };

    /// <summary>The terms, with other log-probabilities in place of the policy's.</summary>
    public TokenTerms Terms(Tensor logProbabilities) => new(
        logProbabilities,
        tensor(Behaviour, logProbabilities.dtype),
        tensor([.. Sequences.Select(sequence => Advantages[sequence])], logProbabilities.dtype),
        tensor([.. Sequences.Select(sequence => (long)sequence)]),
        tensor([.. Lengths.Select(length => (double)length)], logProbabilities.dtype));

    /// <summary>The loss of each token, and whether it was clipped.</summary>
    public (double[] Values, double[] Clipped) Losses(Func<TokenTerms, TokenLosses> loss)
    {
        using var scope = NewDisposeScope();
        var losses = loss(Terms(tensor(LogProbabilities, float64)));
        return (Derivatives.Numbers(losses.Values), Derivatives.Numbers(losses.Clipped));
    }

    /// <summary>The gradient of the weighted sum of the tokens' losses; all weigh 1 where no weights are given.</summary>
    public double[] Gradient(Func<TokenTerms, TokenLosses> loss, double[]? weights = null) => Derivatives.Derived(
        leaf => (loss(Terms(leaf)).Values * tensor(weights ?? [.. LogProbabilities.Select(_ => 1.0)], float64)).sum(), LogProbabilities);

    /// <summary>A weight of each sequence as one of each token.</summary>
    public double[] ByToken(double[] weights) => [.. Sequences.Select(sequence => weights[sequence])];
}
