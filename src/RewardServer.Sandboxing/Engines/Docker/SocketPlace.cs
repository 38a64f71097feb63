using System.Globalization;
using System.Net.Sockets;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>The folders in which containers find the server's sockets.</summary>
internal static class SocketPlace
{
    /// <summary>A slot's folder in the server's, with what the slot needs to know of its users.</summary>
    public static SlotPlace MakeSlot(DirectoryInfo within, int number, long candidate)
    {
        var path = Path.Combine(within.FullName, number.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "passwd"), string.Create(
            CultureInfo.InvariantCulture, $"root:x:0:0::/:/usr/sbin/nologin\nsandbox:x:{candidate}:{candidate}::/box:/bin/sh\n"));
        File.WriteAllText(Path.Combine(path, "group"), string.Create(CultureInfo.InvariantCulture, $"root:x:0:\nsandbox:x:{candidate}:\n"));
        Open(path, UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        return new SlotPlace(path);
    }

    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception others) when (others is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone already.
        }
    }

    /// <summary>The agent is root in its container, but without the right to pass over file modes.</summary>
    internal static void Open(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | mode);
        }
    }
}

/// <summary>One slot's folder.</summary>
/// <param name="Folder">Its path here.</param>
internal sealed record SlotPlace(string Folder)
{
    /// <summary>Listens for the slot's agent, once.</summary>
    public Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, "socket")));
        SocketPlace.Open(Path.Combine(Folder, "socket"), UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        socket.Listen(1);
        return socket;
    }

    /// <summary>The socket's path from some folder above on.</summary>
    public string PathBelow(string above) => "/" + Path.GetRelativePath(above, Path.Combine(Folder, "socket"));

    public void Remove() => SocketPlace.Remove(Folder);
}
