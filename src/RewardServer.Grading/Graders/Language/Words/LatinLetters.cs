using System.Text;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>Latin words as a detector of languages knows them: in the common shapes of their letters, with one space behind each.</summary>
internal static class LatinLetters
{
    // Marks are told apart by their combining forms: grave, acute, circumflex, tilde, diaeresis, ring, cedilla, caron.
    private const string Bases = "aeiounAEIOUNcCsSzZ";
    private const string Marks = "\u0300\u0301\u0302\u0303\u0308\u030A\u0327\u030C";

    // One row a mark, one column a base; the base itself where there is no such letter.
    private static readonly string[] Composed =
    [
        "àèìòùnÀÈÌÒÙNcCsSzZ", "áéíóúńÁÉÍÓÚŃćĆśŚźŹ", "âêîôûnÂÊÎÔÛNcCsSzZ", "ãeiõuñÃEIÕUÑcCsSzZ",
        "äëïöünÄËÏÖÜNcCsSzZ", "åeioůnÅEIOŮNcCsSzZ", "aeiounAEIOUNçÇşŞzZ", "aěiouňAĚIOUŇčČšŠžŽ",
    ];

    /// <summary>Adds a word and a space.</summary>
    public static void Append(StringBuilder letters, ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            var mark = Marks.IndexOf(c, StringComparison.Ordinal);
            if (mark >= 0 && letters.Length > 0 && Bases.IndexOf(letters[^1], StringComparison.Ordinal) is >= 0 and var letter)
            {
                letters[^1] = Composed[mark][letter];
            }
            else if (c is >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ')
            {
                letters.Append((char)(c - 'Ａ' + 'A'));
            }
            else if (CharacterClasses.All[c] == CharacterClass.Latin || c is '\'' or '’')
            {
                letters.Append(c);
            }
        }

        letters.Append(' ');
    }
}
