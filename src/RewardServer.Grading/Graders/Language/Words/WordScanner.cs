using System.Text;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>
/// Finds the words of a text in one pass: a word of an alphabet, or one character of a script without spaces. Words in code blocks,
/// tags and URLs are left out, Latin and Greek ones also in code within a line and LaTeX, and so are letters that stand alone, where they are Latin or
/// Greek: they are names of quantities.
/// </summary>
internal sealed class WordScanner
{
    // No word of any language is so long, nor a text that holds no space.
    private const int LongestWord = 64;

    // A product of names is shorter.
    private const int ShortestGreekWord = 4;

    // A run of more words says no more about its language, and of Latin words, may go on in another.
    private const int MostWords = 1000, MostLatinWords = 12;

    // From so many Latin words on, a comma ends a run, for people change the language there.
    private const int LatinClause = 6;

    private readonly string text;
    private readonly UncountedText uncounted;
    private readonly StringBuilder? letters;
    private readonly List<WordRun> runs;
    private Script script;
    private int start, end, words, kana, sentence, lettersStart;

    private WordScanner(string text, StringBuilder? letters)
    {
        (this.text, this.letters, uncounted) = (text, letters, new(text));
        runs = new((text.Length / 64) + 4);
    }

    /// <summary>The words of a text, run by run. Linear in the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="letters">Where Latin words are collected, for one who will look at their letters; null where nobody will.</param>
    public static List<WordRun> Scan(string text, StringBuilder? letters = null)
    {
        var scanner = new WordScanner(text, letters);
        var from = 0;
        foreach (var (start, end) in CodeBlocks.In(text))
        {
            scanner.Scan(from, start);
            scanner.EndSentence();
            from = end;
        }

        scanner.Scan(from, text.Length);
        scanner.EndSentence();
        return scanner.runs;
    }

    private void Scan(int from, int to)
    {
        var classes = CharacterClasses.All;
        for (var at = from; at < to;)
        {
            var found = classes[text[at]];
            at = found switch
            {
                CharacterClass.Blank or CharacterClass.Joined => at + 1,
                >= CharacterClass.Han => Characters(at),
                >= CharacterClass.Latin => Word(at),
                CharacterClass.Stop => Stop(at),
                CharacterClass.Dot => at + 1 >= to || char.IsWhiteSpace(text[at + 1]) ? Stop(at) : at + 1,
                CharacterClass.Pause => Pause(at),
                CharacterClass.Mark => Marked(at, to),
                _ => Pair(at),
            };
        }
    }

    // Names in formulas and code are Latin or Greek: Greek words and letters of other scripts there are thinking.
    // A formula may go on beyond a code block, behind which the text is looked at again.
    private int Marked(int mark, int to)
    {
        var classes = CharacterClasses.All;
        var stop = uncounted.EndAt(mark);
        for (var at = mark; at < Math.Min(stop, to);)
        {
            at = classes[text[at]] switch
            {
                >= CharacterClass.Han => Characters(at),
                CharacterClass.Greek => EndOfGreek(at) is var end && end - at >= ShortestGreekWord ? Word(at) : end,
                CharacterClass.Cyrillic or CharacterClass.Arabic or CharacterClass.Devanagari or CharacterClass.Other => Word(at),
                CharacterClass.Surrogate when !IsLatinPair(at) => Pair(at),
                _ => at + 1,
            };
        }

        return stop;
    }

    private int EndOfGreek(int at)
    {
        while (at < text.Length && CharacterClasses.All[text[at]] is CharacterClass.Greek or CharacterClass.Joined)
        {
            at++;
        }

        return at;
    }

    private bool IsLatinPair(int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])
        && CharacterClasses.OfPair(text[at], text[at + 1]) is CharacterClass.Latin or CharacterClass.Greek;

    private int Stop(int at)
    {
        EndSentence();
        return at + 1;
    }

    private int Pause(int at)
    {
        if (script == Script.HanAndKana || (script == Script.Latin && words >= LatinClause))
        {
            EndRun();
        }

        return at + 1;
    }

    // Each of these characters is a word.
    private int Characters(int at)
    {
        var classes = CharacterClasses.All;
        var (first, count, kanas) = (at, 0, 0);
        var kind = ScriptOf(classes[text[at]]);
        for (; at < text.Length; at++)
        {
            var found = classes[text[at]];
            if (found >= CharacterClass.Han && ScriptOf(found) == kind)
            {
                count++;
                kanas += found == CharacterClass.Kana ? 1 : 0;
            }
            else if (found != CharacterClass.Joined)
            {
                break;
            }
        }

        Add(kind, first, at, count, kanas);
        return at;
    }

    private int Pair(int at)
    {
        var pair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
        var found = pair ? CharacterClasses.OfPair(text[at], text[at + 1]) : CharacterClass.Blank;
        if (found >= CharacterClass.Han)
        {
            Add(ScriptOf(found), at, at + 2, 1, found == CharacterClass.Kana ? 1 : 0);
        }

        return found is >= CharacterClass.Latin and < CharacterClass.Han ? Word(at) : at + (pair ? 2 : 1);
    }

    private int Word(int at)
    {
        var (stop, kind, count) = EndOfWord(at);
        if (kind == Script.Latin && stop < text.Length)
        {
            var next = text[stop];
            if (next is ':' or '.' && LongTokens.EndOfUrl(text, at, stop) is > 0 and var url)
            {
                return url;
            }

            if ((char.IsAsciiDigit(next) || next is '+' or '/' or '_') && LongTokens.EndOfData(text, at) is > 0 and var data)
            {
                Add(Script.None, at, data, 1, 0);
                return data;
            }
        }

        if (count > 1 || kind is not (Script.Latin or Script.Greek))
        {
            Add(count > LongestWord ? Script.None : kind, at, stop, 1, 0);
        }

        return stop;
    }

    // The letters of one script; Cyrillic ones among Latin ones make no word of either.
    private (int End, Script Script, int Letters) EndOfWord(int at)
    {
        var classes = CharacterClasses.All;
        var (kind, first, count) = (Script.None, CharacterClass.Blank, 0);
        for (; at < text.Length; at++)
        {
            var found = classes[text[at]];
            if (found == first && found != CharacterClass.Blank)
            {
                count++;
                continue;
            }

            var pair = found == CharacterClass.Surrogate && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            found = pair ? CharacterClasses.OfPair(text[at], text[at + 1]) : found;
            if (found is >= CharacterClass.Latin and < CharacterClass.Han)
            {
                if (first == CharacterClass.Blank)
                {
                    (first, kind) = (found, ScriptOf(found));
                }
                else if (found != first)
                {
                    if (!(found is CharacterClass.Latin or CharacterClass.Cyrillic && first is CharacterClass.Latin or CharacterClass.Cyrillic))
                    {
                        break;
                    }

                    kind = Script.None;
                }

                count++;
            }
            else if (found != CharacterClass.Joined && !IsApostrophe(at))
            {
                break;
            }

            at += pair ? 1 : 0;
        }

        return (at, kind, count);
    }

    private bool IsApostrophe(int at) =>
        text[at] is '\'' or '’' && at + 1 < text.Length && CharacterClasses.All[text[at + 1]] is CharacterClass.Latin or CharacterClass.Cyrillic;

    private static Script ScriptOf(CharacterClass found) => found switch
    {
        CharacterClass.Latin => Script.Latin,
        CharacterClass.Cyrillic => Script.Cyrillic,
        CharacterClass.Greek => Script.Greek,
        CharacterClass.Arabic => Script.Arabic,
        CharacterClass.Devanagari => Script.Devanagari,
        CharacterClass.Han or CharacterClass.Kana => Script.HanAndKana,
        CharacterClass.Hangul => Script.Hangul,
        CharacterClass.Thai => Script.Thai,
        _ => Script.Other,
    };

    private void Add(Script kind, int from, int to, int count, int kanas)
    {
        if (words > 0 && (script != kind || words >= (kind == Script.Latin ? MostLatinWords : MostWords)))
        {
            EndRun();
        }

        if (words == 0)
        {
            (script, start, lettersStart) = (kind, from, letters?.Length ?? 0);
        }

        (end, words, kana) = (to, words + count, kana + kanas);
        if (kind == Script.Latin && letters is not null)
        {
            LatinLetters.Append(letters, text.AsSpan(from..to));
        }
    }

    private void EndRun()
    {
        if (words > 0)
        {
            runs.Add(new(start, end, words, kana, sentence, script, lettersStart..(letters?.Length ?? 0)));
            (words, kana, script) = (0, 0, Script.None);
        }
    }

    private void EndSentence()
    {
        EndRun();
        sentence++;
    }
}
