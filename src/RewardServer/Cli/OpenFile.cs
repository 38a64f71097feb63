using RewardServer.Hosting;

namespace RewardServer.Cli;

/// <summary>Opens the files that flags name, where "-" is standard input or output.</summary>
internal static class OpenFile
{
    // What the systems tell of a file that is locked: EAGAIN of Linux and of macOS, and ERROR_SHARING_VIOLATION.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    /// <exception cref="StartException">It cannot be read.</exception>
    public static Stream Read(string flag, string path) =>
        Open(flag, path, () => new StandardInput(), () => new FileStream(path, FileMode.Open, FileAccess.Read));

    /// <summary>Opens a file for writing, alone: one that is open, such as the input by any of its links, is refused before it is emptied.</summary>
    /// <exception cref="StartException">It cannot be written, or is open.</exception>
    public static Stream Write(string flag, string path) =>
        Open(flag, path, StandardOutput.Open, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None));

    /// <summary>Opens a file for reading and writing, alone; it need not be there.</summary>
    /// <exception cref="StartException">It cannot be written, is open, or is none that can be read again, such as a named pipe.</exception>
    public static FileStream Extend(string flag, string path)
    {
        var file = (FileStream)Open(flag, path, () => throw new ArgumentException("standard output cannot be read again"), () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw new StartException([$"{flag}: {path} is a pipe or a device, where a file is needed"]);
    }

    private static Stream Open(string flag, string path, Func<Stream> standard, Func<Stream> file)
    {
        if (Directory.Exists(path) && path != "-")
        {
            throw new StartException([$"{flag}: {path} is a folder"]);
        }

        try
        {
            return path == "-" ? standard() : file();
        }
        catch (IOException exception) when (Locked.Contains(exception.HResult))
        {
            throw new StartException([$"{flag}: {path} is in use: it is the input or is given twice, by this name or a link, or another program has it"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException([$"{flag}: {exception.Message}"]);
        }
    }
}
