using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>Reads a list of variables that hold, each with a sign where it does not: <c>x1, ¬x2, x3</c>, DIMACS' <c>v 1 -2 3 0</c>.</summary>
internal sealed class Literals
{
    private readonly Vocabulary vocabulary = new();
    private readonly int count;

    /// <summary>A reader of those variables.</summary>
    public Literals(ImmutableArray<string> names)
    {
        count = names.Length;
        var numbered = !names.Any(name => name.All(char.IsAsciiDigit)); // DIMACS knows variables by their place
        for (var i = 0; i < count; i++)
        {
            vocabulary.Add(names[i], i);
            if (numbered)
            {
                vocabulary.Add($"{i + 1}", i);
            }
        }
    }

    /// <summary>1 for each variable that holds and 0 for the others; null where the text is no such list of all of them, once each.</summary>
    public int[]? Read(string text)
    {
        var words = Word.All(PlainText.Of(text[(text.LastIndexOf(':') + 1)..]));
        var (values, negated) = (Enumerable.Repeat(-1, count).ToArray(), false);
        for (var i = 0; i < words.Count;)
        {
            var (name, length) = vocabulary.At(words, i);
            if (length > 0 && values[name] >= 0)
            {
                return null;
            }

            if (length > 0)
            {
                (values[name], negated) = (negated ? 0 : 1, false);
            }
            else if (words[i].Text is "¬" or "~" or "!" or "-" or "−" or "not" or "NOT" && !negated)
            {
                negated = true;
            }
            else if (negated || words[i].Text is not ("," or "and" or "AND" or "∧" or "&" or "v" or "0" or "(" or ")" or "[" or "]" or "{" or "}" or "\"" or "'" or "." or "\n"))
            {
                return null;
            }

            i += Math.Max(1, length);
        }

        return Array.IndexOf(values, -1) < 0 ? values : null;
    }
}
