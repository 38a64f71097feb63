using System.Text;

namespace RewardServer.Training.Tokens;

/// <summary>
/// A token for each character of an alphabet, for small models. Tags such as <c>&lt;think&gt;</c> may have one each. Token 0 ends completions;
/// the tags follow, then the alphabet, in the orders given.
/// </summary>
public sealed class CharacterTokenizer : ISavedTokenizer
{
    private readonly Dictionary<Rune, int> characters = [];
    private readonly string[] texts;
    private readonly AddedTokens added;

    /// <summary>Makes one.</summary>
    /// <param name="alphabet">Its characters (Unicode scalar values), each once.</param>
    /// <param name="tags">Texts of one token each; null for none. Of two that begin at one place, the longer is read.</param>
    /// <param name="endOfText">The text by which what ends completions is known in prompts and in files.</param>
    /// <exception cref="ArgumentException">A character or tag occurs twice or is empty, or the alphabet is no well-formed text.</exception>
    public CharacterTokenizer(string alphabet, IReadOnlyList<string>? tags = null, string endOfText = "<|endoftext|>")
    {
        Tags = tags ?? [];
        EndOfTextText = endOfText;
        string[] special = [endOfText, .. Tags];
        if (special.Any(text => text.Length == 0) || special.Distinct(StringComparer.Ordinal).Count() < special.Length)
        {
            throw new ArgumentException("Tags and what ends texts must differ and not be empty.", nameof(tags));
        }

        Characters.Check(alphabet);
        foreach (var rune in alphabet.EnumerateRunes())
        {
            if (!characters.TryAdd(rune, special.Length + characters.Count))
            {
                throw new ArgumentException($"The alphabet has {Characters.Name(rune)} twice.", nameof(alphabet));
            }
        }

        Alphabet = alphabet;
        texts = [.. special, .. alphabet.EnumerateRunes().Select(rune => rune.ToString())];
        added = new(special.Select((text, token) => KeyValuePair.Create(text, token)));
    }

    /// <summary>The characters, in the order of their tokens.</summary>
    public string Alphabet { get; }

    /// <summary>The texts of one token each, in the order of their tokens.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <inheritdoc/>
    public int VocabularySize => texts.Length;

    /// <inheritdoc/>
    public int EndOfText => 0;

    /// <inheritdoc/>
    public IReadOnlySet<int> Ends { get; } = new HashSet<int> { 0 };

    /// <summary>The text by which what ends completions is known.</summary>
    internal string EndOfTextText { get; }

    /// <summary>Reads one from the files that <see cref="Write"/> made.</summary>
    /// <exception cref="FileNotFoundException">The folder has no tokenizer.json.</exception>
    /// <exception cref="InvalidDataException">It is none of characters; the message names file and place.</exception>
    public static CharacterTokenizer Read(string folder) => CharacterTokenizerJson.Read(folder);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A character is not in the alphabet; the message names it and its place, in UTF-16 units from 0 on.</exception>
    public int[] Encode(string text)
    {
        var tokens = new List<int>(text.Length);
        foreach (var (start, length, token) in added.Split(text))
        {
            if (token is { } one)
            {
                tokens.Add(one);
            }
            else
            {
                Encode(text, start, start + length, tokens);
            }
        }

        return [.. tokens];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A token is none of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, texts.Length, nameof(tokens));
            text.Append(token == EndOfText ? "" : texts[token]);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    /// <remarks>Hugging Face's tokenizers reads the file, too: a model of words whose pre-tokenizer makes each character one.</remarks>
    public void Write(string folder) => CharacterTokenizerJson.Write(this, texts, folder);

    private void Encode(string text, int start, int end, List<int> tokens)
    {
        for (var place = start; place < end;)
        {
            var whole = Rune.TryGetRuneAt(text, place, out var rune);
            if (!whole || !characters.TryGetValue(rune, out var token))
            {
                var name = whole ? Characters.Name(rune) : $"half a surrogate pair (U+{(int)text[place]:X4})";
                throw new ArgumentException($"No token stands for {name} at {place}.", nameof(text));
            }

            tokens.Add(token);
            place += rune.Utf16SequenceLength;
        }
    }
}
