namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>The order of values of one type, as languages have it: numbers by value, texts by characters, lists by their first difference.</summary>
internal sealed class ValueOrder : IComparer<object?>
{
    public static ValueOrder Instance { get; } = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (object?[] a, object?[] b) => CompareItems(a, b),
        (Tagged a, Tagged b) => CompareItems(a.Items, b.Items),
        (IComparable a, not null) when a.GetType() == y.GetType() => a.CompareTo(y),
        _ => string.CompareOrdinal(DrawnJson.Of(x), DrawnJson.Of(y)),
    };

    private int CompareItems(object?[] x, object?[] y) =>
        x.Zip(y, Compare).FirstOrDefault(order => order != 0) is var first and not 0 ? first : x.Length.CompareTo(y.Length);
}
