namespace RewardServer.Training.Recipes.Reading;

/// <summary>What was meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>What to say of an unknown name: the name that is nearest, or all where none is near.</summary>
    public static string Advice(string unknown, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(name => Distance(unknown, name));
        return nearest is not null && Distance(unknown, nearest) <= Math.Max(2, nearest.Length / 2)
            ? $"did you mean '{nearest}'?"
            : $"there are: {string.Join(", ", known)}";
    }

    /// <summary>Letters to be put in, taken out or changed to make one name the other, whatever their case (Levenshtein 1966).</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
