namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>Compares dicts: their keys exactly, their values by the rules.</summary>
internal sealed class DictComparison(ComparisonRules rules, ValueComparison comparison)
{
    private readonly ComparisonRules keyRules = rules with { AbsoluteTolerance = 0, RelativeTolerance = 0 };

    /// <summary>The first difference; null where there is none.</summary>
    public Mismatch? Find(DictValue expected, DictValue result)
    {
        if (expected.Entries.Length != result.Entries.Length)
        {
            return new(expected, result);
        }

        if (TableOf(result) is not { } found || TableOf(expected) is null)
        {
            return new UnorderedComparison(rules, comparison).AreEqual([.. PairsOf(expected)], [.. PairsOf(result)]) ? null : new(expected, result);
        }

        foreach (var (key, value) in expected.Entries)
        {
            if (!found.TryGetValue(key, out var other))
            {
                return new(expected, result);
            }

            if (comparison.Find(value, other) is { } mismatch)
            {
                return mismatch.In($"[{ValueText.Show(key, 40)}]");
            }
        }

        return null;
    }

    // Null where keys that are different are equal by the rules, or need not be what they are equal to.
    private Dictionary<Value, Value>? TableOf(DictValue dict)
    {
        var table = new Dictionary<Value, Value>(new ValueEquality(keyRules, new(keyRules)));
        return !rules.SetsAreLists && dict.Entries.All(entry => table.TryAdd(entry.Key, entry.Value)) ? table : null;
    }

    private static IEnumerable<Value> PairsOf(DictValue dict) =>
        dict.Entries.Select(entry => new SequenceValue(SequenceKind.Tuple, [entry.Key, entry.Value]));
}
