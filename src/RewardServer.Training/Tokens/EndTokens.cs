using System.Text.Json;

namespace RewardServer.Training.Tokens;

/// <summary>Which tokens end completions, by the files of a checkpoint.</summary>
internal static class EndTokens
{
    private static readonly string[] Usual = ["<|im_end|>", "<|eot_id|>", "<|endoftext|>", "<|end_of_text|>"];

    /// <summary>
    /// The token that <c>tokenizer_config.json</c> names, or <c>generation_config.json</c>, or <c>config.json</c>, or else the first of the usual
    /// that there is; and all that generation_config.json names.
    /// </summary>
    /// <exception cref="InvalidDataException">A file names one that the tokenizer has not, or none is known.</exception>
    public static (int First, IReadOnlySet<int> All) Read(string folder, HuggingFaceTokenizerJson tokens)
    {
        var generation = Numbers(folder, "generation_config.json");
        var first = Named(folder, tokens)
            ?? generation.Concat(Numbers(folder, "config.json")).Select(token => (int?)token).FirstOrDefault()
            ?? Usual.Select(tokens.Token).FirstOrDefault(token => token is not null)
            ?? throw new InvalidDataException($"{TokenizerFiles.Configuration}: $.eos_token is missing, and {TokenizerFiles.Main} has none of {string.Join(", ", Usual)}");
        return (first, new HashSet<int>([first, .. generation]));
    }

    private static int? Named(string folder, HuggingFaceTokenizerJson tokens)
    {
        using var file = JsonFile.OpenIfThere(folder, TokenizerFiles.Configuration);
        if (file?.Root.Member("eos_token") is not { IsThere: true } place)
        {
            return null;
        }

        // Older files describe the token, newer ones have its text.
        var text = (place.Element.ValueKind == JsonValueKind.Object ? place.Member("content") : place).String();
        return tokens.Token(text) ?? throw place.Wrong($"is \"{text}\", which {TokenizerFiles.Main} has not");
    }

    private static int[] Numbers(string folder, string name)
    {
        using var file = JsonFile.OpenIfThere(folder, name);
        return file?.Root.Member("eos_token_id") is not { IsThere: true } place ? []
            : place.Element.ValueKind == JsonValueKind.Array ? [.. place.Items().Select(item => item.Token())]
            : [place.Token()];
    }
}
