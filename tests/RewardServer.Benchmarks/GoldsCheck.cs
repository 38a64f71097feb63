using System.Text.Json;
using RewardServer.Grading.Extraction;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Benchmarks;

/// <summary>
/// Reads the golds of MATH's split (one JSON object a line, its <c>solution</c> with the gold in the last box), and says which are
/// mathematics, which equal themselves in other writings, and which equal the gold of the next problem.
/// </summary>
internal static class GoldsCheck
{
    /// <summary>Other writings of one answer: as the verifier prints it, and as models style it.</summary>
    private static readonly (string Name, Func<string, MathVerdict, string> Write)[] Writings =
    [
        ("printed as LaTeX", (_, read) => read.Gold!.Latex),
        ("printed as plain text", (_, read) => read.Gold!.Plain),
        ("display environment, \\dfrac", (gold, _) => $@"\[ {gold.Replace(@"\frac", @"\dfrac", StringComparison.Ordinal)} \]"),
        ("display style, \\tfrac, full stop", (gold, _) => $@"$\displaystyle {gold.Replace(@"\frac", @"\tfrac", StringComparison.Ordinal)}$."),
        ("\\left and \\right", (gold, _) => Sized(gold)),
        ("boxed, spaced operators", (gold, _) => $@"\boxed{{{gold.Replace("+", " + ", StringComparison.Ordinal).Replace("=", @" \;=\; ", StringComparison.Ordinal)}}}"),
        ("bold, with a lead-in", (gold, _) => $"**The answer is ${gold}$**"),
    ];

    public static void Run(string path)
    {
        var golds = File.ReadLines(path).Select(Gold).ToArray();
        var read = golds.Select(gold => MathVerifier.Verify(gold, gold)).ToArray();
        var mathematics = Enumerable.Range(0, golds.Length).Where(i => read[i].Stage != Stage.Text).ToArray();
        var unread = mathematics.Where(i => read[i].Equal != true).ToArray();
        Console.WriteLine($"{golds.Length} golds, {golds.Length - mathematics.Length} of words alone, {mathematics.Length} of mathematics, {unread.Length} of them not read or not equal to themselves");
        List(unread.Select(i => $"{golds[i]}: {read[i].Reason}"));

        var good = new HashSet<int>(mathematics.Except(unread));
        foreach (var (name, write) in Writings)
        {
            var unequal = good.Where(i => MathVerifier.Verify(golds[i], write(golds[i], read[i])).Equal != true).ToArray();
            Console.WriteLine($"{name}: {100.0 * (good.Count - unequal.Length) / mathematics.Length:F2}% equal");
            List(unequal.Select(i => $"{golds[i]} | {write(golds[i], read[i])}"));
        }

        var neighbours = Enumerable.Range(0, golds.Length - 1).Where(i => MathVerifier.Verify(golds[i], golds[i + 1]).Equal == true).ToArray();
        var different = neighbours.Where(i => golds[i] != golds[i + 1]).ToArray();
        Console.WriteLine($"{neighbours.Length} golds equal the next problem's, {neighbours.Length - different.Length} of them letter by letter; the others:");
        List(different.Select(i => $"{golds[i]} | {golds[i + 1]}"));
        Console.WriteLine("words alone:");
        List(Enumerable.Range(0, golds.Length).Except(mathematics).Select(i => golds[i]).Distinct());
    }

    private static string Gold(string line)
    {
        using var row = JsonDocument.Parse(line);
        return BoxedAnswer.All(row.RootElement.GetProperty("solution").GetString()!)[^1];
    }

    private static string Sized(string gold) => gold.Contains(@"\left", StringComparison.Ordinal) || gold.Contains(@"\{", StringComparison.Ordinal) ? $@"\({gold}\)"
        : gold.Count(c => c == '(') == gold.Count(c => c == ')') && !gold.Contains('[', StringComparison.Ordinal) && !gold.Contains(']', StringComparison.Ordinal)
            ? $@"\({gold.Replace("(", @"\left(", StringComparison.Ordinal).Replace(")", @"\right)", StringComparison.Ordinal)}\)" : $@"\({gold}\)";

    private static void List(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine($"    {line}");
        }
    }
}
