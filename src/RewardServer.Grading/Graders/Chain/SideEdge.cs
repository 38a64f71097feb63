namespace RewardServer.Grading.Graders.Chain;

/// <summary>What a side of a plain chain borders on.</summary>
internal enum SideEdge
{
    /// <summary>The end of the line, or a sign that ends a clause: the side is whole.</summary>
    Clear,

    /// <summary>A comma or a word that does no arithmetic: what is calculated is whole, but a number alone may belong to what is there.</summary>
    Word,

    /// <summary>Something that the side may go on in.</summary>
    Open,
}

/// <summary>Looks at what stands beside a side of a plain chain.</summary>
internal static class SideEdges
{
    private const int WordsAhead = 3;

    private const int LongestStatement = 100;

    /// <summary>What stands before.</summary>
    public static SideEdge Before(string text, int lineStart, int at)
    {
        var place = at;
        while (place > lineStart && char.IsWhiteSpace(text[place - 1]))
        {
            place--;
        }

        if (place == lineStart)
        {
            return SideEdge.Clear;
        }

        var (sign, isNext) = (text[place - 1], place == at);
        return sign switch
        {
            _ when PlainParts.IsLatin(sign) => isNext || DoesArithmetic(text, lineStart, place) ? SideEdge.Open : SideEdge.Word,
            ',' or '.' or ':' when isNext && place - 2 >= lineStart && char.IsAsciiLetterOrDigit(text[place - 2]) => sign == ':' && char.IsAsciiLetter(text[place - 2]) ? SideEdge.Clear : SideEdge.Open,
            ',' or '，' => SideEdge.Word,
            '.' when place - 2 >= lineStart && text[place - 2] == '.' => SideEdge.Open,
            _ when char.IsLetter(sign) => SideEdge.Word,
            _ => Ends(sign) || sign is '(' or '[' or '（' ? SideEdge.Clear : SideEdge.Open,
        };
    }

    /// <summary>What stands behind.</summary>
    public static SideEdge After(string text, int at, int lineEnd)
    {
        var place = at;
        while (place < lineEnd && char.IsWhiteSpace(text[place]))
        {
            place++;
        }

        if (place == lineEnd)
        {
            return SideEdge.Clear;
        }

        var sign = text[place];
        return sign switch
        {
            _ when PlainParts.IsLatin(sign) => place == at ? SideEdge.Open : AfterWords(text, place, lineEnd),
            ',' or '.' or ':' when place == at && place + 1 < lineEnd && char.IsAsciiLetterOrDigit(text[place + 1]) => SideEdge.Open,
            '十' or '百' or '千' or '万' or '萬' or '亿' or '億' or '倍' or '分' or '余' => SideEdge.Open,
            _ when char.IsLetter(sign) => SideEdge.Clear,
            _ => Ends(sign) || sign is ')' or ']' or '）' or ',' or '，' ? SideEdge.Clear : SideEdge.Open,
        };
    }

    // "8 = 5 apples + 3": what follows the words would belong to the side.
    private static SideEdge AfterWords(string text, int at, int end)
    {
        for (var count = 0; count < WordsAhead && at < end && PlainParts.IsLatin(text[at]); count++)
        {
            var length = PlainParts.WordLength(text, at, end);
            var word = text.Substring(at, length);
            if (word is "and" or "or" or "so" or "then" or "which" or "but")
            {
                return SideEdge.Clear;
            }

            for (at += length; at < end && char.IsWhiteSpace(text[at]); at++)
            {
            }

            if (PlainWords.IsArithmetic(word) || (at < end && "+-*/^×÷·=%−–(≈".Contains(text[at], StringComparison.Ordinal)))
            {
                return SideEdge.Open;
            }
        }

        return SideEdge.Clear;
    }

    // "The sum of 5 and 3 + 4", but "3*4 = 12 and 12 + 5 = 17".
    private static bool DoesArithmetic(string text, int lineStart, int end)
    {
        var word = WordBefore(text, lineStart, end);
        var start = Math.Max(lineStart, end - LongestStatement);
        return PlainWords.IsArithmetic(word) && !(word == "and" && text.AsSpan(start, end - start).IndexOfAny('=', StatedEqualities.Gap) >= 0);
    }

    private static string WordBefore(string text, int lineStart, int end)
    {
        var start = end;
        while (start > lineStart && PlainParts.IsLatin(text[start - 1]))
        {
            start--;
        }

        return text[start..end];
    }

    private static bool Ends(char sign) => ".;:!?。；：！？、`*_\"'“”‘’|>#<≤≥≠≡→⇒∴—•".Contains(sign, StringComparison.Ordinal);
}
