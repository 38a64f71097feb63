using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler.Tests;

/// <summary>The agent's side of the socket, for which .NET has no calls.</summary>
internal static unsafe partial class Native
{
    private const int Unix = 1, SequencedPackets = 5, CloseOnExec = 0x80000, SetDescriptorFlags = 2;

    /// <summary>Ours, and the worker's, which it inherits.</summary>
    public static (int Own, int Other) SocketPair()
    {
        var ends = stackalloc int[2];
        Assert.Equal(0, socketpair(Unix, SequencedPackets | CloseOnExec, 0, ends));
        Assert.Equal(0, fcntl(ends[1], SetDescriptorFlags, 0));
        return (ends[0], ends[1]);
    }

    public static void Close(int descriptor) => Assert.Equal(0, close(descriptor));

    /// <summary>Sends text with open files.</summary>
    public static void Send(int socket, string text, params SafeFileHandle[] files)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        var control = stackalloc nint[2 + ((files.Length + 1) / 2)];
        control[0] = 16 + (4 * files.Length);
        ((int*)control)[2] = 1;
        ((int*)control)[3] = 1;
        for (var file = 0; file < files.Length; file++)
        {
            ((int*)control)[4 + file] = (int)files[file].DangerousGetHandle();
        }

        fixed (byte* start = bytes)
        {
            var vector = stackalloc nint[2] { (nint)start, bytes.Length };
            var message = stackalloc nint[7] { 0, 0, (nint)vector, 1, (nint)control, 16 + (4 * files.Length), 0 };
            Assert.Equal(bytes.Length, sendmsg(socket, message, 0));
        }
    }

    /// <summary>The next packet, or null at the end of the socket.</summary>
    public static string? Receive(int socket)
    {
        var text = stackalloc byte[400];
        var length = recv(socket, text, 400, 0);
        return length <= 0 ? null : System.Text.Encoding.ASCII.GetString(text, (int)length);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int socketpair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint sendmsg(int socket, nint* message, int flags);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint recv(int socket, byte* bytes, nint length, int flags);
}
