using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Stages
{
    [Theory]
    [InlineData("\\frac12", "0.5", Stage.Exact)]
    [InlineData("2\\sqrt2+\\pi", "\\sqrt8+\\pi", Stage.Exact)]
    [InlineData("5", "x = 5", Stage.Exact)]
    [InlineData("(1, 2)", "(1, 3)", Stage.Exact)]
    [InlineData("(x+1)^2", "x^2+2x+1", Stage.Symbolic)]
    [InlineData("\\ln 6", "\\ln 2 + \\ln 3", Stage.Symbolic)]
    [InlineData("2x", "3x", Stage.Symbolic)]
    [InlineData("\\begin{pmatrix} x & 1 \\end{pmatrix}", "\\begin{pmatrix} x & 2 \\end{pmatrix}", Stage.Symbolic)]
    [InlineData("3.14", "\\pi", Stage.Numeric)]
    [InlineData("\\text{east}", "East", Stage.Text)]
    [InlineData("5", "", Stage.Reading)]
    [InlineData("5", "10^{10^{10}}", Stage.Undecided)]
    public void A_verdict_says_at_which_stage_it_was_decided(string gold, string prediction, Stage stage) =>
        Assert.Equal(stage, MathVerifier.Verify(gold, prediction).Stage);
}
