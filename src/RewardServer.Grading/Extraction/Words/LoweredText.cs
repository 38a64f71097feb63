using System.Buffers;
using System.Text;

namespace RewardServer.Grading.Extraction.Words;

/// <summary>A text in lower case, in memory that is lent and goes back in the end.</summary>
internal readonly ref struct LoweredText : IDisposable
{
    private readonly char[] lent;
    private readonly int length;

    public LoweredText(ReadOnlySpan<char> text)
    {
        (lent, length) = (ArrayPool<char>.Shared.Rent(text.Length), text.Length);
        for (var at = 0; at < length;)
        {
            // Stops before the first character that is not ASCII.
            Ascii.ToLower(text[at..], lent.AsSpan(at), out var lowered);
            for (at += lowered; at < length && !char.IsAscii(text[at]); at++)
            {
                lent[at] = char.ToLowerInvariant(text[at]);
            }
        }
    }

    /// <summary>The text, character for character.</summary>
    public ReadOnlySpan<char> Text => lent.AsSpan(0, length);

    public void Dispose() => ArrayPool<char>.Shared.Return(lent);
}
