using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RewardServer.Training.Checkpoints;

/// <summary>Folders that are there whole or not at all, whatever moment the machine stops in.</summary>
internal static partial class DurableFolder
{
    private const int Here = -100;
    private const int Exchange = 2;

    /// <summary>Makes a folder anew: beside it first, then in its place.</summary>
    /// <param name="folder">May be there already; then it is replaced.</param>
    /// <param name="write">Writes the files, into the folder that it is given.</param>
    public static void Replace(string folder, Action<string> write)
    {
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(whole) ?? throw new IOException($"{folder} cannot be replaced");
        Directory.CreateDirectory(parent);
        // Under a dot, so that nobody takes it for a checkpoint. What a program that was ended left behind is another's.
        var unfinished = Path.Combine(parent, $".{Path.GetFileName(whole)}.{Environment.ProcessId}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(unfinished);
        try
        {
            write(unfinished);
            foreach (var file in Directory.EnumerateFiles(unfinished))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
                stream.Flush(flushToDisk: true);
            }

            Sync(unfinished);
            Swap(unfinished, whole);
            Sync(parent);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                // What was unfinished, or what was replaced.
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    // Afterwards the old folder, if there was one, has the name of the unfinished.
    private static void Swap(string unfinished, string whole)
    {
        if (!Directory.Exists(whole))
        {
            Directory.Move(unfinished, whole);
            return;
        }

        if (OperatingSystem.IsLinux() && RenameAt(Here, unfinished, Here, whole, Exchange) == 0)
        {
            return;
        }

        // Where the file system cannot exchange names, there is a moment in which the old folder has another name and the new one has none yet.
        var old = unfinished + ".old";
        Directory.Move(whole, old);
        try
        {
            Directory.Move(unfinished, whole);
        }
        catch
        {
            Directory.Move(old, whole);
            throw;
        }

        Directory.Move(old, unfinished);
    }

    // A name is on the disk when its folder is.
    private static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (SyncFile(descriptor) != 0)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder) => new($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
