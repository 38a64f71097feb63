using RewardServer.Hosting;

namespace RewardServer.Cli;

/// <summary>Opens the files that flags name, where "-" is standard input or output.</summary>
internal static class OpenFile
{
    /// <exception cref="StartException">It cannot be read.</exception>
    public static Stream Read(string flag, string path) =>
        Open(flag, path, () => new StandardInput(), () => new FileStream(path, FileMode.Open, FileAccess.Read));

    /// <summary>Opens a file for writing, alone: one that is open, such as the input by any of its links, is refused before it is emptied.</summary>
    /// <exception cref="StartException">It cannot be written, or is open.</exception>
    public static Stream Write(string flag, string path) =>
        Open(flag, path, Console.OpenStandardOutput, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None));

    /// <summary>Opens a file for reading and writing, alone; it need not be there.</summary>
    /// <exception cref="StartException">It cannot be written, or is open.</exception>
    public static FileStream Extend(string flag, string path) =>
        (FileStream)Open(flag, path, () => throw new ArgumentException("standard output cannot be read again"), () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    private static Stream Open(string flag, string path, Func<Stream> standard, Func<Stream> file)
    {
        try
        {
            return path == "-" ? standard() : file();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException([$"{flag}: {exception.Message}"]);
        }
    }
}
