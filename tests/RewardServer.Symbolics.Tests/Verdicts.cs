using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

/// <summary>Says of many pairs at once what is expected, naming those that differ.</summary>
internal static class Verdicts
{
    public static void AllEqual(params (string Gold, string Prediction)[] pairs) => All(true, pairs);

    public static void NoneEqual(params (string Gold, string Prediction)[] pairs) => All(false, pairs);

    private static void All(bool expected, (string Gold, string Prediction)[] pairs) => Assert.All(pairs, pair =>
    {
        var verdict = MathVerifier.Verify(pair.Gold, pair.Prediction);
        Assert.True(verdict.Equal == expected, $"'{pair.Gold}' and '{pair.Prediction}': {verdict}");
    });
}
