using System.Text.RegularExpressions;

namespace RewardServer.Training.Tokens;

/// <summary>Tokens that stand for texts of their own, looked for before anything else: the first in the text, and of those that begin there the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, int> tokens;
    private readonly Regex? pattern;

    /// <summary>Takes texts and their tokens.</summary>
    public AddedTokens(IEnumerable<KeyValuePair<string, int>> tokens)
    {
        this.tokens = new(tokens, StringComparer.Ordinal);
        if (this.tokens.Count > 0)
        {
            // An alternation takes the first that fits.
            var longestFirst = this.tokens.Keys.OrderByDescending(text => text.Length).Select(Regex.Escape);
            pattern = new(string.Join('|', longestFirst), RegexOptions.CultureInvariant);
        }
    }

    /// <summary>The parts of a text in order: those that are such tokens, and what stands between (token null).</summary>
    public IEnumerable<(int Start, int Length, int? Token)> Split(string text)
    {
        var end = 0;
        for (var match = pattern?.Match(text); match is { Success: true }; match = match.NextMatch())
        {
            if (match.Index > end)
            {
                yield return (end, match.Index - end, null);
            }

            yield return (match.Index, match.Length, tokens[match.Value]);
            end = match.Index + match.Length;
        }

        if (end < text.Length)
        {
            yield return (end, text.Length - end, null);
        }
    }
}
