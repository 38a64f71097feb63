namespace RewardServer.Training.Tokens;

/// <summary>A tokenizer that can be kept beside a checkpoint's parameters.</summary>
public interface ISavedTokenizer : ITokenizer
{
    /// <summary>Writes the files from which <see cref="TokenizerFiles.Read"/> makes it again: <c>tokenizer.json</c> and what belongs to it.</summary>
    /// <param name="folder">A folder that exists; files of the same names are replaced.</param>
    void Write(string folder);
}
