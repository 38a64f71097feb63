using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>
/// Equations a·x + b = c with a from 2 to 9, b from 1 to 9, a solution from 1 to 12 and c of at most two digits: <c>3x+4=19</c>. There are 840 (101 held out).
/// Careful texts undo the sum, then the product (<c>19-4=15; 15/3=5</c>); those that slip bring b to the other side with its sign.
/// </summary>
internal sealed class LinearEquations(LinearEquationsOptions options) : SeededKind("linear-equations", options.Texts)
{
    /// <inheritdoc/>
    public override string Alphabet { get; } = Reasoning.Alphabet("0123456789+-/=x; ");

    /// <inheritdoc/>
    public override int Longest => "9x+9=99".Length + Reasoning.Length("99+9=108; 108/9=12".Length, "12".Length);

    /// <inheritdoc/>
    protected override OperandSets Sets { get; } = new(
        from factor in Enumerable.Range(2, 8)
        from summand in Enumerable.Range(1, 9)
        from solution in Enumerable.Range(1, 12)
        let right = (factor * solution) + summand
        where right < 100
        select ImmutableArray.Create(factor, summand, right));

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random) =>
        new(Name, $"{operands[0]}x+{operands[1]}={operands[2]}", new MathTask($"{Solution(operands)}"));

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random)
    {
        var (factor, summand, right) = (operands[0], operands[1], operands[2]);
        var product = right - summand;
        return new($"{right}-{summand}={product}; {product}/{factor}={product / factor}", $"{product / factor}");
    }

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random)
    {
        var (factor, summand, right) = (operands[0], operands[1], operands[2]);
        var sum = right + summand;
        // Rounded up, the quotient is always above the solution.
        var quotient = (sum + factor - 1) / factor;
        return new($"{right}+{summand}={sum}; {sum}/{factor}={quotient}", $"{quotient}");
    }

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) =>
        $"{(lucky ? Solution(operands) : Near(Solution(operands), random))}";

    private static int Solution(ImmutableArray<int> operands) => (operands[2] - operands[1]) / operands[0];
}
