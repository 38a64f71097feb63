namespace RewardServer.Training.Tokens;

/// <summary>Between texts and the numbers that a policy reads and writes.</summary>
public interface ITokenizer
{
    /// <summary>How many tokens there are: all are below it.</summary>
    int VocabularySize { get; }

    /// <summary>The token that ends a completion.</summary>
    int EndOfText { get; }

    /// <summary>Every token that ends a completion; <see cref="EndOfText"/> is one of them.</summary>
    IReadOnlySet<int> Ends { get; }

    /// <summary>The tokens of a text, without an end.</summary>
    /// <exception cref="ArgumentException">The text holds what no token stands for.</exception>
    int[] Encode(string text);

    /// <summary>The text of tokens. What ends completions is left out; bytes that are no UTF-8 become U+FFFD.</summary>
    string Decode(ReadOnlySpan<int> tokens);
}
