using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>
/// Products of one digit, from 2, and a number of two: <c>7*46=?</c>. There are 720 (77 held out). Careful texts multiply from the right and write
/// the carry down (<c>7*6=42 c4; 7*4=28; 28+4=32</c>); those that slip do not, and lose it.
/// </summary>
internal sealed class MultiplicationProblems(MultiplicationOptions options) : SeededKind("multiplication", options.Texts)
{
    /// <inheritdoc/>
    public override string Alphabet { get; } = Reasoning.Alphabet("0123456789*+=?c; ");

    /// <inheritdoc/>
    public override int Longest => "9*99=?".Length + Reasoning.Length("9*9=81 c8; 9*9=81; 81+8=89".Length, "891".Length);

    /// <inheritdoc/>
    protected override OperandSets Sets { get; } = new(
        Enumerable.Range(2, 8).SelectMany(digit => Enumerable.Range(10, 90).Select(number => ImmutableArray.Create(digit, number))));

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random) =>
        new(Name, $"{operands[0]}*{operands[1]}=?", new MathTask($"{operands[0] * operands[1]}"));

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random)
    {
        var (digit, ones, tens) = (operands[0], operands[1] % 10, operands[1] / 10);
        var (low, high) = (digit * ones, digit * tens);
        var (carry, sum) = (low / 10, high + (low / 10));
        return new($"{digit}*{ones}={low} c{carry}; {digit}*{tens}={high}; {high}+{carry}={sum}", $"{sum}{low % 10}");
    }

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random)
    {
        var (digit, ones, tens) = (operands[0], operands[1] % 10, operands[1] / 10);
        var low = digit * ones;
        // Where there is no carry to lose, the product is that of a neighbour in the table.
        var high = digit * (low >= 10 ? tens : tens + (tens > 1 && random.Next(2) == 0 ? -1 : 1));
        return new($"{digit}*{ones}={low}; {digit}*{tens}={high}", $"{high}{low % 10}");
    }

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) =>
        $"{(lucky ? operands[0] * operands[1] : Near(operands[0] * operands[1], random))}";
}
