namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>Draws values of which no two are the same.</summary>
internal static class Apart
{
    // To find each of n values, chance needs about n ln n tries; n is at most a million.
    private const int TriesForEach = 40;

    /// <summary>As many as are asked for, or as chance finds where there are hardly that many.</summary>
    public static object?[] Draw(ParameterType type, long count, Draw draw)
    {
        // At an extreme all would be the same.
        var any = draw with { Extreme = Extreme.None };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<object?>();
        for (var tries = count * TriesForEach; values.Count < count && tries > 0; tries--)
        {
            var value = type.Draw(any);
            if (seen.Add(DrawnJson.Of(value)))
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    /// <summary>Where there are fewer different values than are needed.</summary>
    public static IEnumerable<string> Errors(ParameterType type, BoundRange lengths, long size) =>
        type.Different(size) < lengths.Most.At(size)
            ? [FormattableString.Invariant($"{lengths.Most.At(size)} distinct values are asked for at size {size}, of which there are {type.Different(size)}")]
            : [];
}
