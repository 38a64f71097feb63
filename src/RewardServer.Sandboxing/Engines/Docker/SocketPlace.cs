using System.Globalization;
using System.Net.Sockets;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>The folders in which containers find the server's sockets.</summary>
internal static class SocketPlace
{
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
    /// <summary>Makes the folder, with what the slot needs to know of its users, and listens in it for the slot's agent, once.</summary>
    /// <param name="candidate">The user of the slot's programs.</param>
    /// <exception cref="SlotBrokenException">There is no space, or no right to write there.</exception>
    public Socket Listen(long candidate)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, "passwd"), string.Create(
                CultureInfo.InvariantCulture, $"root:x:0:0::/:/usr/sbin/nologin\nsandbox:x:{candidate}:{candidate}::/box:/bin/sh\n"));
            File.WriteAllText(Path.Combine(Folder, "group"), string.Create(CultureInfo.InvariantCulture, $"root:x:0:\nsandbox:x:{candidate}:\n"));
            SocketPlace.Open(Folder, UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
            return Listen(Path.Combine(Folder, "socket"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or SocketException)
        {
            throw new SlotBrokenException("The socket of a slot cannot be made in Sandbox:Docker:SocketFolder or the temporary folder: " + refused.Message, refused);
        }
    }

    /// <summary>The socket's path from some folder above on.</summary>
    public string PathBelow(string above) => "/" + Path.GetRelativePath(above, Path.Combine(Folder, "socket"));

    public void Remove() => SocketPlace.Remove(Folder);

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            SocketPlace.Open(path, UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            socket.Listen(1);
            return socket;
        }
        catch
        {
            // Nobody else has the socket yet; what went wrong goes on.
            socket.Dispose();
            throw;
        }
    }
}
