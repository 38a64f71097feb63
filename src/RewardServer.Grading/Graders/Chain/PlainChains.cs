namespace RewardServer.Grading.Graders.Chain;

/// <summary>
/// Finds chains in plain lines: "3*4 = 12, so 12 + 5 = 17". A run of what can only be mathematics is taken apart at its signs; a first or last side that
/// may go on in the words around it ("5 apples + 3", "half of 10") is left out, since a part of it would be called false.
/// </summary>
internal static class PlainChains
{
    /// <summary>The equalities of all lines.</summary>
    public static IEnumerable<StatedEquality> In(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            if (text.AsSpan(start, end - start).IndexOfAny('=', '≈', '≃') >= 0)
            {
                foreach (var equality in Runs(text, start, end).SelectMany(run => Pairs(text, (start, end), run)))
                {
                    yield return equality;
                }
            }

            start = end + 1;
        }
    }

    private static IEnumerable<(int Start, int End)> Runs(string text, int start, int end)
    {
        var run = start;
        for (var i = start; i <= end;)
        {
            var length = i < end ? PlainParts.Length(text, i, start, end) : 0;
            if (length > 0)
            {
                i += length;
                continue;
            }

            if (i > run)
            {
                yield return (run, i);
            }

            i += i < end ? PlainParts.BreakLength(text, i, end) : 1;
            run = i;
        }
    }

    private static IEnumerable<StatedEquality> Pairs(string text, (int Start, int End) line, (int Start, int End) run)
    {
        var signs = Signs(text, run).ToArray();
        for (var i = 0; i < signs.Length; i++)
        {
            var from = i == 0 ? run.Start : signs[i - 1] + 1;
            var to = i == signs.Length - 1 ? run.End : signs[i + 1];
            if (PlainSide.Left(text, line, from, signs[i], isFirst: i == 0) is var (left, start)
                && PlainSide.Right(text, line, signs[i] + 1, to, isLast: i == signs.Length - 1) is { } right)
            {
                yield return new(left, right, text[signs[i]] != '=', start, run.End);
            }
        }
    }

    // Signs in braces are those of sums and products.
    private static IEnumerable<int> Signs(string text, (int Start, int End) run)
    {
        var depth = 0;
        for (var i = run.Start; i < run.End; i++)
        {
            depth = Math.Max(0, depth + (text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0));
            if (depth == 0 && text[i] is '=' or '≈' or '≃')
            {
                yield return i;
            }
        }
    }
}
