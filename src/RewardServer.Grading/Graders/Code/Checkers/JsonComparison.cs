using System.Globalization;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Compares JSON values: numbers by their value, objects whatever the order of their members.</summary>
internal sealed class JsonComparison
{
    // So that a small difference in number is told by its place.
    private const int Spare = 1000;

    private readonly TextRule rule;
    private readonly string subject;
    private readonly List<string> path = [];

    private JsonComparison(TextRule rule, string subject) => (this.rule, this.subject) = (rule, subject);

    public static Comparison Compare(TextRule rule, bool unordered, string expected, string given, string subject)
    {
        var want = JsonTree.Read(expected, out var fault) ?? throw new ArgumentException($"The expected text {fault}.", nameof(expected));
        if (JsonTree.Read(given, out fault, (int)Math.Min(int.MaxValue, want.Size + (long)Spare)) is not { } have)
        {
            return new($"{subject} {fault}", WrittenNumber.Pretends(given.AsSpan().Trim()) || HoldsNoNumber(given) ? Signal.CheckTampering : null);
        }

        var comparison = new JsonComparison(rule, subject);
        return unordered && want.Kind == JsonValueKind.Array && have.Kind == JsonValueKind.Array
            ? comparison.Unordered(want.Items, have.Items)
            : comparison.Differ(want, have) ?? Comparison.Equal;
    }

    // Python writes NaN and Infinity where JSON has no word for them.
    private static bool HoldsNoNumber(string text)
    {
        foreach (var word in (string[])["NaN", "Infinity"])
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                if (at == 0 || ",:[- \t\n".Contains(text[at - 1], StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Comparison Unordered(List<JsonTree> wanted, List<JsonTree> got)
    {
        if (wanted.Count != got.Count)
        {
            return new($"{subject} has {got.Count} elements where {wanted.Count} were expected");
        }

        var order = new JsonOrder(rule);
        wanted.Sort(order);
        got.Sort(order);
        return Pairing.FirstUnpaired(wanted, got, (want, have) => new JsonComparison(rule, "").Differ(want, have) is null, rule.ReadsNumbers) is not { } at
            ? Comparison.Equal
            : order.Compare(got[at], wanted[at]) < 0
                ? new($"{subject} has the element {Show(got[at])}, which was not expected, or not so often", SignalOf(wanted[at], got[at]))
                : new($"{subject} lacks the element {Show(wanted[at])}, or has it too seldom", SignalOf(wanted[at], got[at]));
    }

    private Comparison? Differ(JsonTree want, JsonTree have) => want.Kind != have.Kind ? Unlike(want, have) : want.Kind switch
    {
        JsonValueKind.Array => DifferItems(want.Items, have.Items),
        JsonValueKind.Object => DifferMembers(want.Members, have.Members),
        JsonValueKind.String => rule.SameText(want.Text, have.Text) ? null : Unlike(want, have),
        JsonValueKind.Number => rule.SameNumber(want, have) ? null : Unlike(want, have),
        _ => null,
    };

    private Comparison? DifferItems(List<JsonTree> want, List<JsonTree> have)
    {
        for (var i = 0; i < Math.Min(want.Count, have.Count); i++)
        {
            if (Under($"[{i.ToString(CultureInfo.InvariantCulture)}]", want[i], have[i]) is { } difference)
            {
                return difference;
            }
        }

        return want.Count == have.Count ? null : new($"{Path()}{subject} has {have.Count} elements where {want.Count} were expected");
    }

    private Comparison? DifferMembers(List<(string Name, JsonTree Value)> want, List<(string Name, JsonTree Value)> have)
    {
        for (var i = 0; i < Math.Max(want.Count, have.Count); i++)
        {
            var order = i == want.Count ? 1 : i == have.Count ? -1 : string.CompareOrdinal(want[i].Name, have[i].Name);
            if (order != 0)
            {
                return order < 0
                    ? new($"{Path()}{subject} lacks the member {Excerpt.Of(want[i].Name)}")
                    : new($"{Path()}{subject} has the member {Excerpt.Of(have[i].Name)}, which was not expected");
            }

            if (Under($".{want[i].Name}", want[i].Value, have[i].Value) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private Comparison? Under(string step, JsonTree want, JsonTree have)
    {
        path.Add(step);
        var difference = Differ(want, have);
        path.RemoveAt(path.Count - 1);
        return difference;
    }

    private Comparison Unlike(JsonTree want, JsonTree have) =>
        new($"{Path()}{subject} is {Show(have)} where {Show(want)} was expected", SignalOf(want, have));

    private string Path()
    {
        var steps = "$" + string.Concat(path);
        return path.Count == 0 ? "" : $"{(steps.Length <= Excerpt.Length ? steps : $"{Excerpt.Head(steps)}…")} of ";
    }

    // A number too large for any type of numbers, or its name in a string.
    private string? SignalOf(JsonTree want, JsonTree have) =>
        rule.ReadsNumbers && want.Kind == JsonValueKind.Number && WrittenNumber.TryRead(want.Text, out _) && WrittenNumber.Pretends(have.Text) ? Signal.CheckTampering : null;

    private static string Show(JsonTree tree) => tree.Kind switch
    {
        JsonValueKind.Object => $"an object of {tree.Members.Count}",
        JsonValueKind.Array => $"an array of {tree.Items.Count}",
        JsonValueKind.String => $"the string {Excerpt.Of(tree.Text)}",
        JsonValueKind.Number => Excerpt.Of(tree.Text),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
