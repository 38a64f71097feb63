using System.Collections.Immutable;

namespace RewardServer.Training.Problems.Programs;

/// <summary>Something that a program does to its argument.</summary>
/// <param name="Words">What it is called in a question; no two on the same sort of value are called the same.</param>
/// <param name="Code">It as a Python expression, with <c>@</c> for what it is done to; that may be followed by an index, and by a method's call.</param>
/// <param name="Apply">What it makes of a list of numbers, as an array of <see cref="int"/>, or of a text; null where it makes nothing.</param>
/// <param name="IsLast">Whether it makes a number, to which nothing more is done.</param>
internal sealed record Operation(string Words, string Code, Func<object, object?> Apply, bool IsLast = false)
{
    /// <summary>What is done to lists of numbers.</summary>
    public static ImmutableArray<Operation> OnLists { get; } =
    [
        List("sort", "sorted(@)", list => list.Order()),
        List("reverse", "@[::-1]", list => list.Reverse()),
        List("drop first", "@[1:]", list => list.Skip(1)),
        List("drop last", "@[:-1]", list => list.SkipLast(1)),
        List("first two", "@[:2]", list => list.Take(2)),
        List("every other", "@[::2]", list => list.Where((_, i) => i % 2 == 0)),
        List("double", "[2*y for y in @]", list => list.Select(each => 2 * each)),
        List("distinct", "sorted(set(@))", list => list.Distinct().Order()),
        Number("sum", "sum(@)", list => list.Sum()),
        Number("max", "max(@)", list => list.Max()),
        Number("min", "min(@)", list => list.Min()),
        Number("count", "len(@)", list => list.Count()),
    ];

    /// <summary>What is done to texts.</summary>
    public static ImmutableArray<Operation> OnTexts { get; } =
    [
        Text("sort", "''.join(sorted(@))", text => string.Concat(text.Order())),
        Text("reverse", "@[::-1]", text => string.Concat(text.Reverse())),
        Text("drop first", "@[1:]", text => string.Concat(text.Skip(1))),
        Text("drop last", "@[:-1]", text => string.Concat(text.SkipLast(1))),
        Text("first two", "@[:2]", text => string.Concat(text.Take(2))),
        Text("every other", "@[::2]", text => string.Concat(text.Where((_, i) => i % 2 == 0))),
        Text("upper", "@.upper()", text => text.ToUpperInvariant()),
        Text("twice", "(2*@)", text => text + text),
        new("length", "len(@)", text => ((string)text).Length, IsLast: true),
        new("count a", "@.count('a')", text => ((string)text).Count(letter => letter == 'a'), IsLast: true),
    ];

    /// <summary>Its expression, of another.</summary>
    public string Of(string expression) => Code.Replace("@", expression, StringComparison.Ordinal);

    private static Operation List(string words, string code, Func<IEnumerable<int>, IEnumerable<int>> apply) => new(words, code, list => apply((int[])list).ToArray());

    private static Operation Number(string words, string code, Func<IEnumerable<int>, int> apply) =>
        new(words, code, list => ((int[])list).Length > 0 ? apply((int[])list) : null, IsLast: true);

    private static Operation Text(string words, string code, Func<string, string> apply) => new(words, code, text => apply((string)text));
}
