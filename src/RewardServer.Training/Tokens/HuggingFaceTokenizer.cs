using System.Text;
using Microsoft.ML.Tokenizers;
using RewardServer.Training.Tokens.Unicode;

namespace RewardServer.Training.Tokens;

/// <summary>
/// The tokenizer of a Hugging Face checkpoint whose <c>tokenizer.json</c> is one of byte pairs, as those of GPT-2, Qwen2, Qwen3 and Llama 3 are.
/// Added tokens are looked for first; what stands between is normalised, split by the file's patterns and merged by its merges. What a
/// post-processor would add, such as a token that begins texts, is not added.
/// </summary>
public sealed class HuggingFaceTokenizer : ISavedTokenizer
{
    private readonly HuggingFaceTokenizerJson file;
    private readonly BpeTokenizer merging;
    private readonly AddedTokens added;
    private readonly AddedTokens addedNormalised;
    private readonly byte[]?[] bytes;

    private HuggingFaceTokenizer(HuggingFaceTokenizerJson file, string folder)
    {
        this.file = file;
        Folder = folder;
        merging = BpeTokenizer.Create(new BpeOptions(file.Vocabulary) { Merges = file.Merges, ByteLevel = true });
        added = new(file.Added.Where(token => !token.Normalised).Select(token => KeyValuePair.Create(token.Text, token.Token)));
        addedNormalised = new(file.Added.Where(token => token.Normalised).Select(token => KeyValuePair.Create(Normalised(token.Text), token.Token)));
        VocabularySize = 1 + Math.Max(file.Vocabulary.Values.Max(), file.Added.Select(token => token.Token).DefaultIfEmpty().Max());
        bytes = new byte[]?[VocabularySize];
        foreach (var (letters, token) in file.Vocabulary)
        {
            bytes[token] = ByteLetters.BytesOf(letters) ?? Encoding.UTF8.GetBytes(letters);
        }

        foreach (var token in file.Added)
        {
            bytes[token.Token] = Encoding.UTF8.GetBytes(token.Text);
        }

        (EndOfText, Ends) = EndTokens.Read(folder, file);
        if (EndOfText >= VocabularySize)
        {
            throw new InvalidDataException($"{TokenizerFiles.Main} has no token {EndOfText}, which is said to end texts");
        }
    }

    /// <summary>The folder that it was read from.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    /// <remarks>One more than the greatest token; a model's <c>vocab_size</c> may be greater, rounded up.</remarks>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int EndOfText { get; }

    /// <summary>Every token that ends a completion: <see cref="EndOfText"/> and what else <c>generation_config.json</c> names.</summary>
    public IReadOnlySet<int> Ends { get; }

    /// <summary>Reads <c>tokenizer.json</c>, and which token ends texts from <c>tokenizer_config.json</c>, <c>generation_config.json</c> or <c>config.json</c>.</summary>
    /// <exception cref="FileNotFoundException">The folder has no tokenizer.json.</exception>
    /// <exception cref="InvalidDataException">It asks for what is not supported, or contradicts itself; the message names file and place.</exception>
    public static HuggingFaceTokenizer Read(string folder) => new(HuggingFaceTokenizerJson.Read(folder), Path.GetFullPath(folder));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text is no well-formed UTF-16; the message names the place.</exception>
    public int[] Encode(string text)
    {
        Characters.Check(text);
        var tokens = new List<int>(text.Length);
        foreach (var (start, length, token) in added.Split(text))
        {
            if (token is { } one)
            {
                tokens.Add(one);
            }
            else
            {
                Between(Normalised(text.Substring(start, length)), tokens);
            }
        }

        return [.. tokens];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A token is negative.</exception>
    /// <remarks>Tokens above the vocabulary, which a model whose vocabulary is rounded up may give, stand for nothing.</remarks>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        using var text = new MemoryStream();
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            if (token < bytes.Length && !Ends.Contains(token))
            {
                text.Write(bytes[token]);
            }
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">The folder that it was read from is no longer there.</exception>
    public void Write(string folder)
    {
        foreach (var name in new[] { TokenizerFiles.Main, TokenizerFiles.Configuration, "generation_config.json", ChatTemplate.FileName })
        {
            var source = Path.Combine(Folder, name);
            if (name == TokenizerFiles.Main || File.Exists(source))
            {
                File.Copy(source, Path.Combine(folder, name), overwrite: true);
            }
        }
    }

    private void Between(string text, List<int> tokens)
    {
        foreach (var (start, length, token) in addedNormalised.Split(text))
        {
            if (token is { } one)
            {
                tokens.Add(one);
                continue;
            }

            IEnumerable<string> parts = [text.Substring(start, length)];
            foreach (var split in file.Splits)
            {
                parts = parts.SelectMany(split.Split);
            }

            foreach (var part in parts)
            {
                Merge(part, tokens);
            }
        }
    }

    private void Merge(string part, List<int> tokens)
    {
        if (file.WholeWords && file.Vocabulary.TryGetValue(ByteLetters.Of(part), out var whole))
        {
            tokens.Add(whole);
        }
        else
        {
            tokens.AddRange(merging.EncodeToIds(part, considerPreTokenization: false, considerNormalization: false));
        }
    }

    private string Normalised(string text) => file.Composes ? CanonicalComposition.Of(text) : text;
}
