using System.Globalization;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Tests.Graders.Maths;

/// <summary>
/// Whole responses as models of many families write them, and attempts at earning credit without an answer. In the files of Responses,
/// a line <c>--- right | gold</c> or <c>--- wrong | gold</c> opens a case; <c>⏎</c> is a new line in a gold, <c>&lt;U+200B&gt;</c> a character.
/// </summary>
public sealed class WholeResponseTests
{
    [Theory]
    [InlineData("right.txt", 200)]
    [InlineData("wrong.txt", 150)]
    [InlineData("fooling.txt", 200)]
    public void The_answer_of_a_response_decides(string file, int atLeast)
    {
        var cases = Cases(file).ToList();
        Assert.True(cases.Count >= atLeast, $"{cases.Count} cases");
        Assert.Empty(cases.Where(c => TextPair.Verify(c.Gold, c.Response, MathOptions.Default).Equal != c.Right)
            .Select(c => $"{(c.Right ? "right" : "wrong")} | {c.Gold}\n{c.Response}"));
    }

    private static IEnumerable<(bool Right, string Gold, string Response)> Cases(string file) =>
        from text in Regex.Split(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Graders", "Maths", "Responses", file)), "^--- ", RegexOptions.Multiline).Skip(1)
        let end = text.IndexOf('\n', StringComparison.Ordinal)
        let head = text[..end].Split('|', 2)
        select (head[0].Trim() == "right", head[1].Trim().Replace('⏎', '\n'), Characters(text[(end + 1)..].TrimEnd('\n')));

    private static string Characters(string text) =>
        Regex.Replace(text, @"<U\+([0-9A-F]+)>", match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
}
