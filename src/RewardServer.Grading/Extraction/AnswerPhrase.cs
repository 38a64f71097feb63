using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds what follows "the answer is", "Final answer:" and their like, also in Markdown: <c>**Final Answer:** 5</c>.</summary>
public static class AnswerPhrase
{
    private const int LongestAnswer = 1_000;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // Without backtracking and with every repetition bounded, the search is linear.
    private static readonly Regex[] Announcements =
    [
        new(@"(\b|_)(answer|answers|final result|final value)([*_]{1,2}|:| ?[*_]{1,2}:)?(\s{1,3}(to|for|of|is|are|equals|=)\b(\s\w{1,20}){0,5})??(\s{1,3}((should|would|must|will) be|is|are|equals|=)|\s?[:=→])(\s(therefore|thus|then|hence))?([*_]{1,2})?:?", Options),
        new(@"(^|\n)[>*\s]{0,6}ans(\.|:|\s?=)", Options),
        // German, French, Spanish, Portuguese, Italian, Russian, Dutch, Swedish, Turkish, Polish, Vietnamese, Indonesian, Hindi, Arabic
        new(@"\b(antwort|ergebnis|lösung|réponse|respuesta|resposta|risposta|ответ|antwoord|svar|cevap|yanıt|odpowiedź|đáp án|đáp số|jawaban|उत्तर|الجواب|الإجابة)(\s(finale|final|correcta|correcte|corretta|correta))?([*_]{1,2})?(\s{1,3}(lautet|beträgt|ist|est|es|é|è)\b|\s?[:=—])(\s?:)?([*_]{1,2})?:?", Options),
        // Chinese, Japanese, Korean
        new(@"(答案|答え|答|故选|정답|답)([*_]{1,2})?\s?(应该是|是|为|為|应为|は|은|는|[:：]|选|\s)(\s?[:：])?", Options),
        new("""["'](final[ _])?answer["']\s{0,3}:""", Options),
    ];

    private static readonly Regex Counted = new(@"^[-−]?[\d.,/]+\s?[\u4E00-\u9FFF-[万亿千百十分半倍或和不负成]]{1,6}$", Options);

    private static readonly Regex Heading = new(@"(^|\n)[#*_\s]{0,8}(the )?(final answer|answer)[*_:\s]{0,6}\n", Options);

    // "5, since 2 + 3 = 5": the reason is not part of the answer, unless it takes something back.
    private static readonly Regex Reason = new(@"(\s(because|since)|,?\s(or|i\.e\.,?)\s(approximately|about|roughly|around)|,\s(because|since|which|as|where|so that)|(?<part>\sof\s(the|a|an|his|her|their|its)))\s", Options);

    private static readonly Regex Denial = new(@"\b(not|no|or|but|either|neither|nor|except|unless|maybe|perhaps|also|well|wrong|incorrect)\b|n't|≠|\\neq?\b", Options);

    // "The answer is 5. Or the answer is 6."
    private static readonly Regex Offered = new(@"\b(or|alternatively|maybe|perhaps|possibly|oder|ou|或|или)[,:]?\s+((the|my|another|an|other|possible|final|correct|right)\s+){0,4}$", Options);

    // "I do not think that the answer is 5"
    private static readonly Regex Denied = new(
        @"(\b(not|never|doubt|false|wrong|incorrect|unlikely|whether|impossible)|n['’]t)(\s+(true|case|that|think|believe|say|saying|sure|certain|possible|correct|right|likely|claim|mean|the|to|my|final|if|whether|be)){0,6}\s*[:,]?\s*$", Options);

    // "The answer is 5. Or 6."
    private static readonly Regex TakenBack = new(@"^[.!?\s*]{1,4}(or|maybe|perhaps|possibly|actually|wait|no|hmm)\b[^\n]{0,80}", Options);

    /// <summary>The answer after the last such phrase; null where there is none.</summary>
    public static string? Last(string text)
    {
        var (start, end) = Announcements.Append(Heading).Select(phrase => LastOf(phrase, text)).MaxBy(match => match.End);
        if (end < 0 || Sentence(text, end) is not { Length: > 0 } answer)
        {
            return null;
        }

        var before = text.AsSpan(0, start);
        if (Denied.IsMatch(before[Math.Max(0, start - 80)..]))
        {
            return null;
        }

        return Offered.IsMatch(before[Math.Max(0, start - 40)..]) && FirstOfTwo(text[..start]) is { } other ? $"{other} or {answer}" : answer;
    }

    private static string? FirstOfTwo(string text)
    {
        var (_, end) = Announcements.Append(Heading).Select(phrase => LastOf(phrase, text)).MaxBy(match => match.End);
        return end < 0 || Sentence(text, end) is not { Length: > 0 } answer ? null : answer;
    }

    private static (int Start, int End) LastOf(Regex phrase, string text)
    {
        var (start, end) = (-1, -1);
        foreach (var match in phrase.EnumerateMatches(text))
        {
            (start, end) = (match.Index, match.Index + match.Length);
        }

        return (start, end);
    }

    // To the end of the sentence or line; one that is empty is a heading, and the answer stands below. A displayed formula counts whole.
    private static string Sentence(string text, int start)
    {
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '*' or ':' or '：'))
        {
            start++;
        }

        var limit = Math.Min(text.Length, start + LongestAnswer);
        var end = start;
        while (end < limit && text[end] != '\n' && !EndsSentence(text, end))
        {
            end = text[end] is '$' or '\\' ? Math.Max(end + 1, MathsEnvironment.EndOf(text, end, limit)) : end + 1;
        }

        end = Math.Min(end, text.Length);
        var rest = text.AsSpan(end, Math.Min(100, text.Length - end));
        foreach (var match in TakenBack.EnumerateMatches(rest))
        {
            return text[start..(end + match.Length)].Trim();
        }

        return WithoutReason(Unquoted(text[start..end].Trim()));
    }

    private static string WithoutReason(string answer)
    {
        foreach (var match in Reason.EnumerateMatches(answer))
        {
            var reason = answer[match.Index..];
            var isPart = reason.StartsWith(" of ", StringComparison.OrdinalIgnoreCase);
            return match.Index == 0 || Denial.IsMatch(answer.AsSpan(match.Index + match.Length - 1)) || (isPart && (reason.Any(char.IsDigit) || !answer[..match.Index].Any(char.IsDigit)))
                ? answer : answer[..match.Index];
        }

        return answer;
    }

    // The value of a member of a JSON object; the Japanese copula after an answer; a Chinese measure word after a number.
    private static string Unquoted(string answer)
    {
        if (answer.EndsWith("です", StringComparison.Ordinal))
        {
            return answer[..^2].Trim();
        }

        if (Counted.IsMatch(answer))
        {
            return answer.TrimEnd([.. answer.Where(c => c >= '\u4E00')]).Trim();
        }

        var end = answer.StartsWith('"') ? answer.IndexOf('"', 1) : -1;
        return end > 0 ? answer[1..end].Replace(@"\\", @"\", StringComparison.Ordinal)
            : answer.EndsWith('}') && answer.Count(c => c == '{') < answer.Count(c => c == '}') ? answer[..^1].Trim() : answer;
    }

    private static bool EndsSentence(string text, int at) =>
        text[at] is '。' || (text[at] is '.' or '!' or '?' && !(at > 0 && text[at - 1] == '\\') && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])) && !(at > 1 && text[at - 1] is 'm' or 'M' && text[at - 2] == '.'));
}
