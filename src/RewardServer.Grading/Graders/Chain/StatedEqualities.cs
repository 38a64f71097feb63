using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>
/// Finds the equalities that a text states: neighbours of chains (<c>a = b = c</c>) in its mathematics, and in its plain lines where a side can be told
/// from the words around it. Programs in fences state nothing. Linear in the text.
/// </summary>
internal static class StatedEqualities
{
    /// <summary>Stands in the plain text where something was cut out that a side might have gone on in.</summary>
    public const char Gap = '\u0001';

    /// <summary>All of them, those in mathematics first.</summary>
    public static IEnumerable<StatedEquality> In(string text)
    {
        var plain = text.ToCharArray();
        foreach (var fence in Fence.All(text))
        {
            plain.AsSpan(fence.Start, fence.Content.Length).Fill('\n');
        }

        var prose = new string(plain);
        var found = new List<StatedEquality>();
        foreach (var (start, end) in MathsEnvironment.All(prose))
        {
            found.AddRange(FormulaChains.In(text, start, end));
            plain.AsSpan(start, end - start).Fill(Gap);
        }

        return found.Concat(PlainChains.In(new string(plain)));
    }
}
