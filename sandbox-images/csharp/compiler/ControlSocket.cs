using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler;

/// <summary>The socket to the agent: packets of text, with open files (SCM_RIGHTS, unix(7)), for which .NET has no call.</summary>
internal sealed partial class ControlSocket(int descriptor)
{
    private const int SocketLevel = 1, Rights = 1, NoSignal = 0x4000, CloseOnExec = 0x40000000, Interrupted = 4;
    private const int MaxFiles = 8, MaxText = 400;

    // struct cmsghdr: size_t length, int level, int type; then the numbers.
    private static readonly int HeadLength = nint.Size + 8;

    /// <exception cref="Win32Exception">The agent is gone.</exception>
    public unsafe void Send(string packet)
    {
        var bytes = Encoding.ASCII.GetBytes(packet);
        fixed (byte* start = bytes)
        {
            if (send(descriptor, start, bytes.Length, NoSignal) != bytes.Length)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Waits for the next request.</summary>
    /// <returns>Null once the agent has closed its end.</returns>
    /// <exception cref="InvalidDataException">It is not what the protocol says.</exception>
    public unsafe Request? Receive()
    {
        var text = stackalloc byte[MaxText];
        var control = stackalloc nint[16];
        var vector = stackalloc nint[2] { (nint)text, MaxText };
        var message = new Message { Vector = (nint)vector, VectorLength = 1, Control = (nint)control };
        nint length;
        do
        {
            message.ControlLength = HeadLength + (4 * MaxFiles);
            length = recvmsg(descriptor, ref message, CloseOnExec);
        }
        while (length < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        if (length < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        return length == 0 ? null : Request.Of(Encoding.ASCII.GetString(text, (int)length), Files((byte*)control, message.ControlLength));
    }

    private static unsafe SafeFileHandle[] Files(byte* control, nint length)
    {
        if (length < HeadLength || *(int*)(control + nint.Size) != SocketLevel || *(int*)(control + nint.Size + 4) != Rights)
        {
            return [];
        }

        var files = new SafeFileHandle[(*(nint*)control - HeadLength) / 4];
        for (var file = 0; file < files.Length; file++)
        {
            files[file] = new(((int*)(control + HeadLength))[file], ownsHandle: true);
        }

        return files;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint send(int socket, byte* bytes, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint recvmsg(int socket, ref Message message, int flags);

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public nint Name;
        public uint NameLength;
        public nint Vector;
        public nint VectorLength;
        public nint Control;
        public nint ControlLength;
        public int Flags;
    }
}
