namespace RewardServer.Training.Tokens;

/// <summary>The tokenizer of a checkpoint's folder.</summary>
public static class TokenizerFiles
{
    /// <summary>The file that says how texts become tokens.</summary>
    internal const string Main = "tokenizer.json";

    /// <summary>The file that says which token ends texts, and how chats are written.</summary>
    internal const string Configuration = "tokenizer_config.json";

    /// <summary>Reads <c>tokenizer.json</c>: one of characters (<c>WordLevel</c>), or of byte pairs (<c>BPE</c>).</summary>
    /// <exception cref="FileNotFoundException">The folder has none.</exception>
    /// <exception cref="InvalidDataException">It asks for what is not supported, or contradicts itself; the message names file and place.</exception>
    public static ISavedTokenizer Read(string folder)
    {
        using var document = JsonFile.Open(folder, Main);
        return document.Root.Member("model").Member("type").String() == "WordLevel"
            ? CharacterTokenizer.Read(folder)
            : HuggingFaceTokenizer.Read(folder);
    }
}
