using System.Text;

namespace RewardServer.Training.Tokens;

/// <summary>How messages speak of characters.</summary>
internal static class Characters
{
    /// <summary>A character and its code, such as <c>'é' (U+00E9)</c>; of one that cannot be seen, its code.</summary>
    public static string Name(Rune rune) => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"'{rune}' (U+{rune.Value:X4})";

    /// <summary>Refuses what is no well-formed text.</summary>
    /// <exception cref="ArgumentException">It has half a surrogate pair; the message names the place, in UTF-16 units from 0 on.</exception>
    public static void Check(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (char.IsSurrogate(text[place]))
            {
                if (!Rune.TryGetRuneAt(text, place, out _))
                {
                    throw new ArgumentException($"No token stands for half a surrogate pair (U+{(int)text[place]:X4}) at {place}.", nameof(text));
                }

                place++;
            }
        }
    }
}
