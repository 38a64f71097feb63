namespace RewardServer.Grading.Graders.Pattern;

/// <summary>How many states the automaton of a regular expression has at most: its characters, each as often as counted repetitions ask for.</summary>
internal static class PatternSize
{
    private const long Largest = long.MaxValue / 4;

    /// <summary>The number; one pass over the expression, whether it is well-formed or not.</summary>
    public static long Of(string pattern)
    {
        var groups = new Stack<long>();
        var (total, last) = (0L, 0L); // of the group that is open, and of what a repetition would repeat
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    (total, last) = (Add(total, 1), 1);
                    at++;
                    break;
                case '[':
                    (total, last) = (Add(total, 1), 1);
                    at = EndOfClass(pattern, at);
                    break;
                case '(':
                    groups.Push(total);
                    (total, last) = (0, 0);
                    break;
                case ')' when groups.TryPop(out var outer):
                    (total, last) = (Add(outer, total + 1), total + 1);
                    break;
                case '{' when Repetitions(pattern, at, out var end) is > 1 and var times:
                    var repeated = last > Largest / times ? Largest : last * times;
                    (total, last) = (Add(total - last, repeated), repeated);
                    at = end;
                    break;
                case '{' or '}' or '*' or '+' or '?' or '|' or '^' or '$':
                    break;
                default:
                    (total, last) = (Add(total, 1), 1);
                    break;
            }
        }

        return groups.Aggregate(total, Add);
    }

    private static long Add(long one, long other) => Math.Min(Largest, one + other);

    private static int EndOfClass(string pattern, int at)
    {
        // A bracket that stands first is a character of the class.
        var first = at + (at + 1 < pattern.Length && pattern[at + 1] == '^' ? 2 : 1);
        for (var i = first; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && i > first)
            {
                return i;
            }

            i += pattern[i] == '\\' ? 1 : 0;
        }

        return at;
    }

    // How often "{2,5}" repeats what stands before it: 5 times, and "{2,}" 3 times; 1 where it is no repetition.
    private static long Repetitions(string pattern, int at, out int end)
    {
        end = pattern.IndexOf('}', at);
        var parts = end < 0 ? [] : pattern[(at + 1)..end].Split(',');
        return parts switch
        {
            [var exactly] when int.TryParse(exactly, out var times) => times,
            [var least, ""] when int.TryParse(least, out var times) => times + 1L,
            [_, var most] when int.TryParse(most, out var times) => times,
            _ => 1,
        };
    }
}
