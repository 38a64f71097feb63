using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Checking;

/// <summary>A neighbour's gold as an answer to a row's task.</summary>
internal static class ForeignGold
{
    private const string Fence = "\n```";

    /// <summary>
    /// The completion. A program gets the name that the row's check calls, where both are in Python: else it would fail
    /// for its name alone, and a check that checks nothing would not be found.
    /// </summary>
    public static string For(GoldRow row, GoldRow other)
    {
        var gold = other.Golds[0];
        return EntryOf(row) is { } called && EntryOf(other) is { } own && called != own && gold.EndsWith(Fence, StringComparison.Ordinal)
            ? $"{gold[..^Fence.Length]}\n\n{called} = {own}{Fence}"
            : gold;
    }

    private static string? EntryOf(GoldRow row) =>
        row.Asked!.Task is CodeTask { Language: "python" } task ? task.Tests.OfType<CheckTest>().Select(test => test.EntryPoint).FirstOrDefault(entry => entry is not null) : null;
}
