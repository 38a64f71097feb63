namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Walks over what stands between white space.</summary>
internal ref struct Tokens(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;

    /// <summary>The next one; false at the end.</summary>
    public bool Next(out ReadOnlySpan<char> token)
    {
        rest = rest.TrimStart();
        var end = 0;
        while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
        {
            end++;
        }

        token = rest[..end];
        rest = rest[end..];
        return end > 0;
    }
}

/// <summary>Walks over lines, without the white space at their ends and the empty ones at the end of the text.</summary>
internal ref struct Lines(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text.TrimEnd();

    /// <summary>The next one; false at the end.</summary>
    public bool Next(out ReadOnlySpan<char> line)
    {
        var more = !rest.IsEmpty;
        var end = rest.IndexOf('\n');
        line = (end < 0 ? rest : rest[..end]).TrimEnd();
        rest = end < 0 ? [] : rest[(end + 1)..];
        return more;
    }
}

/// <summary>Walks over tokens or over lines.</summary>
internal ref struct Pieces(ReadOnlySpan<char> text, bool byTokens)
{
    private Tokens tokens = new(byTokens ? text : []);
    private Lines lines = new(byTokens ? [] : text);

    /// <summary>The next one; false at the end.</summary>
    public bool Next(out ReadOnlySpan<char> piece) => byTokens ? tokens.Next(out piece) : lines.Next(out piece);

    /// <summary>The first ones of a text, as parts of it.</summary>
    public static List<ReadOnlyMemory<char>> Of(string text, bool byTokens, int most = int.MaxValue)
    {
        var found = new List<ReadOnlyMemory<char>>();
        var walk = new Pieces(text, byTokens);
        while (found.Count < most && walk.Next(out var piece))
        {
            found.Add(text.AsSpan().Overlaps(piece, out var start) ? text.AsMemory(start, piece.Length) : default);
        }

        return found;
    }
}
