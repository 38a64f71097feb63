namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// The folder in which one server makes the sockets of its slots. A locked file beside it says that the server lives, to
/// servers in other containers too: their process ids tell nothing of each other, and in a container all have the same.
/// </summary>
internal sealed class ServerFolder : IDisposable
{
    private readonly FileStream life;

    private ServerFolder(string path, FileStream life, UnixFileMode mode)
    {
        this.life = life;
        Folder = OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Directory.CreateDirectory(path, mode);
    }

    /// <summary>It.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>Makes a new one, which nobody else may enter but through a mount, and removes those of servers that are no more.</summary>
    /// <returns>The folder, or a report of why there can be none.</returns>
    public static (ServerFolder? Made, EngineReport? Refusal) Make(DockerOptions options)
    {
        // The engine would make a volume that is not there, and slots would look for their sockets in it for nothing.
        if (options.SocketVolume.Length > 0 && !IsMountPoint(options.SocketFolder))
        {
            return (null, EngineRefusal.Of(
                $"The volume {options.SocketVolume}, through which slots are reached, is not mounted at {options.SocketFolder}.",
                $"Start the server's container with -v {options.SocketVolume}:{options.SocketFolder}"));
        }

        try
        {
            return (Make(options.SocketFolder), null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return (null, EngineRefusal.Of(
                "No sockets of slots can be made: " + refused.Message,
                "Let this server's user write to Sandbox:Docker:SocketFolder, or to the temporary folder where that is not set."));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SocketPlace.Remove(Folder.FullName);
        life.Dispose();
    }

    private static ServerFolder Make(string within)
    {
        // A socket's path has room for 108 bytes.
        var place = within.Length > 0 ? within : Path.GetTempPath().Length > 40 ? "/tmp" : Path.GetTempPath();
        foreach (var dead in Directory.EnumerateDirectories(place, ProcessIdentity.Prefix + "*").Where(path => ProcessIdentity.IsOfDeadServer(Path.GetFileName(path))).ToList())
        {
            RemoveUnlessLocked(dead);
        }

        // Locked before there is a folder that another server could take for a dead one's. A shared folder's is passed
        // through by agents, which are root, but without the right to pass over file modes; its name cannot be listed.
        var path = Path.Combine(place, ProcessIdentity.Own.NamePrefix + Path.GetRandomFileName()[..8]);
        return new ServerFolder(
            path,
            Lock(path),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | (within.Length > 0 ? UnixFileMode.OtherExecute | UnixFileMode.GroupExecute : 0));
    }

    // The fifth field of each line (proc_pid_mountinfo(5)).
    private static bool IsMountPoint(string folder) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == Path.TrimEndingDirectorySeparator(folder));

    private static FileStream Lock(string folder) => new(folder + ".lock", new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        Options = FileOptions.DeleteOnClose,
    });

    private static void RemoveUnlessLocked(string folder)
    {
        try
        {
            using var dead = Lock(folder);
            SocketPlace.Remove(folder);
        }
        catch (Exception others) when (others is IOException or UnauthorizedAccessException)
        {
            // Of a server that lives, or of another user.
        }
    }
}
