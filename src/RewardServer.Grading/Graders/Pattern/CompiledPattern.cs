using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Pattern;

/// <summary>
/// A regular expression of a task's, made without backtracking, so that matching takes time linear in the text whatever the expression:
/// its automaton has a bounded size, and so has the text.
/// </summary>
internal sealed class CompiledPattern
{
    private const int LongestOfAll = 20_000;
    private const int MostStates = 1_000;

    // What an automaton without backtracking takes at worst, in states times characters: a second or two.
    private const int MostSteps = 2_000_000;

    private const int MostKept = 64;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly ConcurrentDictionary<(string Pattern, bool Whole, bool IgnoreCase), CompiledPattern> Kept = new();

    private readonly Regex? regex;

    private CompiledPattern(Regex? regex, long states, string? fault) => (this.regex, States, Fault) = (regex, (int)Math.Clamp(states, 1, MostStates), fault);

    /// <summary>How many states its automaton has at most.</summary>
    public int States { get; }

    /// <summary>The most characters of a text that it matches: the fewer, the larger it is.</summary>
    public int LongestText => Math.Min(LongestOfAll, MostSteps / States);

    /// <summary>Why it cannot be used, to stand after "the pattern"; null where it can.</summary>
    public string? Fault { get; }

    /// <summary>Makes a pattern, or takes one that was made before.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="whole">Whether it must match the whole text.</param>
    /// <param name="ignoreCase">Whether upper and lower case letters are the same.</param>
    public static CompiledPattern Of(string pattern, bool whole, bool ignoreCase)
    {
        // What was forgotten is made again: what is kept changes the time and nothing else.
        if (Kept.Count > MostKept)
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd((pattern, whole, ignoreCase), key => Make(key.Pattern, key.Whole, key.IgnoreCase));
    }

    /// <summary>Whether a text of at most <see cref="LongestText"/> characters matches.</summary>
    public bool Matches(string text) => regex!.IsMatch(text);

    private static CompiledPattern Make(string pattern, bool whole, bool ignoreCase)
    {
        var states = PatternSize.Of(pattern);
        if (states > MostStates)
        {
            return new(null, states, $"repeats too much: its automaton would have over {MostStates} states");
        }

        var options = ignoreCase ? Options | RegexOptions.IgnoreCase : Options;
        try
        {
            // By itself first: "a)|(b" must not become whole by what is put around it.
            var alone = new Regex(pattern, options);
            return new(whole ? new Regex($@"\A(?:{pattern})\z", options) : alone, states, null);
        }
        catch (RegexParseException malformed)
        {
            return new(null, states, $"is no regular expression ({malformed.Error}, at {Math.Min(malformed.Offset, pattern.Length)})");
        }
        catch (NotSupportedException)
        {
            return new(null, states, "needs backtracking (a back-reference, a lookaround, an atomic group or a condition), or its automaton is too large");
        }
    }
}
