using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RewardServer.Training.Problems;

/// <summary>
/// Which part a problem belongs to: told by a hash of its operands alone, so that it is the same in every run, for every seed and on every
/// machine, and no part knows the operands of another.
/// </summary>
internal static class Splits
{
    /// <summary>The share of operands that are held out.</summary>
    public const double HeldOut = 0.1;

    /// <summary>The share that a base model is pretrained on; reinforcement learns from the rest.</summary>
    public const double Pretraining = 0.45;

    /// <summary>The part of operands, in whichever order they stand.</summary>
    public static Split Of(IEnumerable<int> operands) => Of(string.Join(' ', operands.Order()), Pretraining);

    /// <summary>The part of a text.</summary>
    /// <param name="key">What tells the problem.</param>
    /// <param name="pretraining">The share of pretraining, at most 0.9.</param>
    public static Split Of(string key, double pretraining) => Place(key) switch
    {
        < HeldOut => Split.HeldOut,
        var place when place < HeldOut + pretraining => Split.Pretraining,
        _ => Split.Reinforcement,
    };

    // Evenly spread between 0 and 1.
    private static double Place(string key) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) / Math.Pow(2, 64);
}
