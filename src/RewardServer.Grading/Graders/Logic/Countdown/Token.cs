namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>What a token of arithmetic is.</summary>
internal enum TokenKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of + - * /.</summary>
    Operation,

    /// <summary>An opening parenthesis or bracket.</summary>
    Open,

    /// <summary>A closing one.</summary>
    Close,

    /// <summary>The opening brace of an argument.</summary>
    OpenBrace,

    /// <summary>The closing one.</summary>
    CloseBrace,

    /// <summary>A fraction of two arguments in braces.</summary>
    Fraction,

    /// <summary>An equals sign.</summary>
    Equals,

    /// <summary>What no such arithmetic holds: a power, a factorial, a root, a letter beside a digit.</summary>
    Foreign,
}

/// <summary>A token of arithmetic.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The digits of a number; an operation or parenthesis as one of <c>+-*/()[]</c>.</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    /// <summary>It as a text.</summary>
    public override string ToString() => Kind switch { TokenKind.Equals => " = ", TokenKind.Fraction => @"\frac", _ => Text };
}
