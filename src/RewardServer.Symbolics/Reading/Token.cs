using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text; every list of tokens closes with one.</summary>
    End,

    /// <summary>A number, its separators gone.</summary>
    Number,

    /// <summary>A numeral with its base as subscript.</summary>
    BaseNumeral,

    /// <summary>A run of letters as it stands.</summary>
    Letters,

    /// <summary>A LaTeX command that is neither an operator, nor spacing, nor text.</summary>
    Command,

    /// <summary>The words of a <c>\text{…}</c>.</summary>
    Text,

    /// <summary>The start of an environment, by its name.</summary>
    Begin,

    /// <summary>The end of an environment, by its name.</summary>
    Close,

    /// <summary>One character with a meaning of its own.</summary>
    Mark,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text: digits, letters, a command's name, or one character.</param>
/// <param name="Value">The value of a number.</param>
/// <param name="Base">The base of a based numeral.</param>
/// <param name="SpaceBefore">Whether white space stood before it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Rational Value, int Base, bool SpaceBefore)
{
    /// <summary>The digits after the point of a decimal.</summary>
    public int Places { get; init; }

    /// <summary>A mark that stands for something which the text says otherwise.</summary>
    public static Token OfMark(char mark) => new(TokenKind.Mark, mark.ToString(), default, 0, SpaceBefore: true);

    /// <summary>Whether it is this mark.</summary>
    public bool Is(char mark) => Kind == TokenKind.Mark && Text[0] == mark;

    /// <summary>Whether it is this command.</summary>
    public bool IsCommand(string name) => Kind == TokenKind.Command && Text == name;
}
