using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler.Tests;

/// <summary>The agent's end of a resident's socket, and, until the resident is started, the other end.</summary>
internal sealed partial class AgentSocket : IDisposable
{
    private const int UnixFamily = 1, SequencedPackets = 5, CloseOnExec = 0x80000, SocketLevel = 1, Rights = 1;
    private int ours;

    public AgentSocket()
    {
        var ends = new int[2];
        Check(socketpair(UnixFamily, SequencedPackets | CloseOnExec, 0, ends));
        ours = ends[0];

        // A copy made by dup(2) stays open in programs that are started.
        ForChild = dup(ends[1]);
        Check(ForChild);
        Check(close(ends[1]));
    }

    /// <summary>The number of the resident's end.</summary>
    public int ForChild { get; }

    public void CloseForChild() => Check(close(ForChild));

    /// <summary>Sends one packet with open files.</summary>
    public unsafe void Send(string packet, params SafeFileHandle[] files)
    {
        // struct cmsghdr (size_t length, int level, int type), then the numbers.
        var head = nint.Size + 8;
        var text = Encoding.ASCII.GetBytes(packet);
        var control = stackalloc nint[8];
        *control = head + (4 * files.Length);
        *(int*)(control + 1) = SocketLevel;
        *((int*)(control + 1) + 1) = Rights;
        for (var file = 0; file < files.Length; file++)
        {
            ((int*)((byte*)control + head))[file] = (int)files[file].DangerousGetHandle();
        }

        fixed (byte* start = text)
        {
            var vector = stackalloc nint[2] { (nint)start, text.Length };

            // struct msghdr.
            var message = stackalloc nint[7] { 0, 0, (nint)vector, 1, (nint)control, (head + (4 * files.Length) + nint.Size - 1) & -nint.Size, 0 };
            Check((int)sendmsg(ours, message, 0));
        }
    }

    /// <summary>Waits for a packet.</summary>
    /// <exception cref="EndOfStreamException">The resident ended.</exception>
    public Task<string> ReceiveAsync() => Task.Run(Receive);

    public void Dispose()
    {
        if (ours >= 0)
        {
            Check(close(ours));
            ours = -1;
        }
    }

    private unsafe string Receive()
    {
        var bytes = stackalloc byte[400];
        var length = recv(ours, bytes, 400, 0);
        Check((int)length);
        return length > 0 ? Encoding.ASCII.GetString(bytes, (int)length) : throw new EndOfStreamException("The resident ended.");
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int socketpair(int family, int type, int protocol, [Out] int[] ends);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint sendmsg(int socket, nint* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint recv(int socket, byte* bytes, nint length, int flags);
}
