using System.Text;

namespace RewardServer.Training.Tokens;

/// <summary>
/// The letters that stand for bytes in vocabularies of byte pairs (GPT-2, Radford et al. 2019: <c>bytes_to_unicode</c>): what can be seen stands for
/// itself, the other bytes for the letters from U+0100 on.
/// </summary>
internal static class ByteLetters
{
    private static readonly char[] Letters = Make();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(value => Letters[value], value => (byte)value);

    /// <summary>The letter of a byte.</summary>
    public static char Of(byte value) => Letters[value];

    /// <summary>A text's UTF-8 in letters.</summary>
    public static string Of(string text) => string.Create(Encoding.UTF8.GetByteCount(text), text, (letters, source) =>
    {
        var bytes = Encoding.UTF8.GetBytes(source);
        for (var i = 0; i < bytes.Length; i++)
        {
            letters[i] = Letters[bytes[i]];
        }
    });

    /// <summary>The bytes that letters stand for; null if one stands for none.</summary>
    public static byte[]? BytesOf(string letters)
    {
        var bytes = new byte[letters.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            if (!Bytes.TryGetValue(letters[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] Make()
    {
        var next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++)];
    }
}
