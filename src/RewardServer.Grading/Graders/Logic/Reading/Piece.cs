using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>What a piece of an answer does in it.</summary>
internal enum PieceKind
{
    /// <summary>A name that something is said of.</summary>
    Name,

    /// <summary>A value that is said of names.</summary>
    Value,

    /// <summary>Everybody.</summary>
    All,

    /// <summary>Nobody.</summary>
    None,

    /// <summary>Joins a name and its value: "is", a colon, an arrow.</summary>
    Link,

    /// <summary>Stands between the elements of a list: a comma, "and".</summary>
    And,

    /// <summary>Parts statements: a full stop, a semicolon, a new line.</summary>
    Break,

    /// <summary>Leaves a choice: "or", "maybe".</summary>
    Hedge,

    /// <summary>Reasons, and settles nothing: "if", "suppose".</summary>
    Reasoning,

    /// <summary>Says that something is not so.</summary>
    Not,

    /// <summary>Any other word.</summary>
    Other,
}

/// <summary>A piece of an answer.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Entity">Which name or value.</param>
/// <param name="Value">Which value a name is at the same time, as where both are numbers; -1 for none.</param>
/// <param name="IsLine">Whether it is the end of a line.</param>
internal readonly record struct Piece(PieceKind Kind, int Entity = -1, int Value = -1, bool IsLine = false)
{
    private static readonly FrozenDictionary<string, PieceKind> Known = new (PieceKind Kind, string[] Words)[]
    {
        (PieceKind.Link, [":", "=", "->", "→", "↦", "⇒", "|", "-", "–", "—", "is", "are", "was", "be", "must", "as", "has", "have", "gets", "get", "a", "an", "the", "of", "to", "on", "in", "at",
            "colour", "color", "coloured", "colored", "colors", "colours", "role", "value", "equals", "takes", "assigned", "both", "also", "indeed", "therefore", "each", "them", "set"]),
        (PieceKind.And, [",", "and", "&", "∧", "、", "，"]),
        (PieceKind.Break, [".", ";", "\n", "。", "；", "!", "?"]),
        (PieceKind.Hedge, ["or", "either", "maybe", "perhaps", "possibly", "alternatively", "otherwise", "might", "could", "may", "unsure", "unknown", "undetermined", "probably", "presumably", "likely", "uncertain", "guess", "guessing", "supposedly", "apparently", "tentatively", "∨", "/",
            "oder", "entweder", "vielleicht", "vermutlich", "wahrscheinlich", "ou", "soit", "probablement", "quizá", "quizás", "probablemente", "forse", "oppure", "probabilmente", "talvez", "provavelmente",
            "или", "либо", "возможно", "наверное", "вероятно", "或", "或者", "也许", "可能", "大概"]),
        (PieceKind.Reasoning, ["if", "suppose", "assume", "assuming", "supposing", "were", "would", "then", "because", "since", "contradiction", "unless", "whether", "try", "says", "said", "claims"]),
        (PieceKind.Not, ["no", "not", "isn", "aren", "never", "neither", "nor", "cannot", "t", "¬", "~", "wrong", "false", "incorrect", "impossible", "fail", "fails", "failed", "doubt", "doubtful", "invalid", "inconsistent", "untrue", "contradicts", "rejected", "unsolvable"]),
        (PieceKind.All, ["all", "everyone", "everybody"]),
        (PieceKind.None, ["none", "nobody", "empty"]),
    }.SelectMany(row => row.Words.Select(word => (word, row.Kind))).ToFrozenDictionary(row => row.word, row => row.Kind, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Unseen = new[] { "(", ")", "[", "]", "{", "}", "\"", "'", "“", "”", "’", "‘", "#", "•", "<", ">", "\\" }.ToFrozenSet();

    /// <summary>The pieces of a plain text. The puzzle's own names come before all other meanings of words.</summary>
    /// <param name="plain">The text.</param>
    /// <param name="names">Names.</param>
    /// <param name="values">Values; where a name is a value too, it is a name with that value.</param>
    public static List<Piece> All(string plain, Vocabulary names, Vocabulary values)
    {
        var (words, pieces) = (Word.All(plain), new List<Piece>());
        for (var i = 0; i < words.Count;)
        {
            var (name, value) = (names.At(words, i), values.At(words, i));
            if (name.Length > 0 && name.Length >= value.Length)
            {
                pieces.Add(new(PieceKind.Name, name.Entity, name.Length == value.Length ? value.Entity : -1));
            }
            else if (value.Length > 0)
            {
                pieces.Add(new(PieceKind.Value, value.Entity));
            }
            else if (!Unseen.Contains(words[i].Text))
            {
                pieces.Add(new(Known.GetValueOrDefault(words[i].Text, PieceKind.Other), IsLine: words[i].Text == "\n"));
            }

            i += Math.Max(1, Math.Max(name.Length, value.Length));
        }

        return pieces;
    }
}
