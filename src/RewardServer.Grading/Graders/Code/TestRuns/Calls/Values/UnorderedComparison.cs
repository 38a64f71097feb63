using System.Collections.Immutable;
using System.Globalization;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>
/// Tells whether values are the same as others in some order. Values are first put together by their hashes; where being
/// equal is exact, counting them is all, and where it is not, each expected value is given a partner among those that
/// would do.
/// </summary>
internal sealed class UnorderedComparison(ComparisonRules rules, ValueComparison comparison)
{
    private readonly ValueEquality equality = new(rules, comparison);

    public bool AreEqual(ImmutableArray<Value> expected, ImmutableArray<Value> result) =>
        expected.Length == result.Length
        && (rules.IsTolerant || rules.SetsAreLists ? CanBePaired(expected, result) : AreCounted(expected, result));

    private bool AreCounted(ImmutableArray<Value> expected, ImmutableArray<Value> result)
    {
        var counts = new Dictionary<Value, int>(equality);
        foreach (var value in expected)
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return result.All(value => counts.TryGetValue(value, out var left) && left > 0 && (counts[value] = left - 1) >= 0);
    }

    private bool CanBePaired(ImmutableArray<Value> expected, ImmutableArray<Value> result)
    {
        var found = result.ToLookup(equality.GetHashCode);
        return expected.GroupBy(equality.GetHashCode).All(group => ArePaired([.. group], [.. found[group.Key]]));
    }

    private bool ArePaired(List<Value> expected, List<Value> found) =>
        expected.Count == found.Count
        && (rules.RelativeTolerance <= 1 && expected.TrueForAll(IsNumber) && found.TrueForAll(IsNumber)
            ? InOrder(expected).Zip(InOrder(found), comparison.AreEqual).All(equal => equal)
            : expected.Zip(found, comparison.AreEqual).All(equal => equal) || IsPairingComplete(expected, found));

    // All of the graph is spent at the start: what cannot be done is not begun.
    private bool IsPairingComplete(List<Value> expected, List<Value> found) =>
        comparison.Spend((long)expected.Count * expected.Count) && Pairing.IsComplete(expected, found, comparison.AreEqual, () => comparison.Spend());

    private static bool IsNumber(Value value) => value is IntValue or FloatValue;

    // What numbers may be grows with them: if they can be paired at all, then in this order.
    private static IEnumerable<Value> InOrder(List<Value> numbers) =>
        numbers.OrderBy(value => value is FloatValue real ? real.Number : double.Parse(((IntValue)value).Digits, CultureInfo.InvariantCulture));
}
