using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>
/// Reads what a text says of names: "A is red and B is blue", "A: red", "red: A, C", a JSON object, a table. All of the text counts: a value
/// that is said of nobody, two of one name, or a word that leaves a choice make it no answer.
/// </summary>
internal sealed class AssignmentReader
{
    private readonly Vocabulary nameWords = new(), valueWords = new();
    private readonly ImmutableArray<string> names, values;
    private readonly bool signs;

    /// <summary>A reader of those names and values.</summary>
    /// <param name="names">The names.</param>
    /// <param name="values">The values, of which each name has one.</param>
    /// <param name="plurals">Whether a value may stand in the plural: "A and B are knights".</param>
    public AssignmentReader(ImmutableArray<string> names, ImmutableArray<string> values, bool plurals = false)
    {
        (this.names, this.values) = (names, values);
        for (var i = 0; i < names.Length; i++)
        {
            nameWords.Add(names[i], i);
        }

        for (var i = 0; i < values.Length; i++)
        {
            AddValue(values[i], i, plurals);
        }

        signs = names.Concat(values).Any(name => name.Any(c => c is '-' or '+' or '.' or '<' or '>' or '~' or '='));
        Overlap = names.Intersect(values, StringComparer.OrdinalIgnoreCase).Any();
    }

    /// <summary>Whether some names are values, too: then each name stands before its value, and no lists are read.</summary>
    public bool Overlap { get; }

    /// <summary>Whether, of two values, a list of those with the one says that all others have the other: "Knights: A, C".</summary>
    public bool Complements { get; init; }

    /// <summary>Adds another word for a value.</summary>
    public void AddValue(string word, int value, bool plural = false)
    {
        if (plural)
        {
            valueWords.AddWithPlural(word, value);
        }
        else
        {
            valueWords.Add(word, value);
        }
    }

    /// <summary>Reads a text. Linear in it.</summary>
    public Assignment Read(string text)
    {
        var plain = PlainText.Of(text);
        var run = new AssignmentRun(Piece.All(plain, nameWords, valueWords), names.Length, Overlap);
        run.ReadAll();
        if (Complements)
        {
            run.Complement();
        }

        var said = run.Values;
        var missing = Array.IndexOf(said, -1);
        var hedged = (run.LeavesChoice && run.SaysSomething) || (run.Twice >= 0 && !run.Reasons);
        var fault = !run.SaysSomething ? "no answer of the puzzle's form can be read"
            : !signs && Damage.IsInValue(plain) ? "a number has a sign, a decimal point or a comparison"
            : run.Twice >= 0 ? $"two things are said of {names[run.Twice]}"
            : hedged ? "the answer leaves a choice"
            : run.Reasons ? "it reasons, and settles nothing"
            : run.Denies ? "it says what is not so"
            : run.Dangling >= 0 ? $"'{values[run.Dangling]}' is said of nobody"
            : missing >= 0 ? $"nothing is said of {names[missing]}"
            : null;
        return new(said, fault, hedged);
    }

    /// <summary>The values of all names as a text.</summary>
    public string Show(int[] said) => string.Join(", ", names.Select((name, i) => $"{name}: {(said[i] < 0 ? "?" : values[said[i]])}"));
}
