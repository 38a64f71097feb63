using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>Sends open files over a unix socket (SCM_RIGHTS, unix(7)), for which .NET has no call of its own.</summary>
internal static class DescriptorPassing
{
    private const int SocketLevel = 1, Rights = 1, NoSignal = 0x4000;

    /// <exception cref="IOException">The other end is gone.</exception>
    public static void Send(Socket socket, byte[] bytes, IReadOnlyList<SafeFileHandle> files)
    {
        // struct cmsghdr: size_t length, int level, int type; then the numbers.
        var headLength = nint.Size + 8;
        var control = new byte[files.Count == 0 ? 0 : (headLength + (4 * files.Count) + nint.Size - 1) / nint.Size * nint.Size];
        if (files.Count > 0)
        {
            BitConverter.TryWriteBytes(control, (nint)(headLength + (4 * files.Count)));
            BitConverter.TryWriteBytes(control.AsSpan(nint.Size), SocketLevel);
            BitConverter.TryWriteBytes(control.AsSpan(nint.Size + 4), Rights);
            for (var file = 0; file < files.Count; file++)
            {
                BitConverter.TryWriteBytes(control.AsSpan(headLength + (4 * file)), (int)files[file].DangerousGetHandle());
            }
        }

        var pinnedBytes = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        var pinnedControl = GCHandle.Alloc(control, GCHandleType.Pinned);
        var vector = GCHandle.Alloc(new[] { pinnedBytes.AddrOfPinnedObject(), bytes.Length }, GCHandleType.Pinned);
        try
        {
            var message = new Message
            {
                Vector = vector.AddrOfPinnedObject(),
                VectorLength = 1,
                Control = control.Length == 0 ? 0 : pinnedControl.AddrOfPinnedObject(),
                ControlLength = control.Length,
            };
            if (sendmsg((int)socket.Handle, ref message, NoSignal) != bytes.Length)
            {
                throw new IOException("The agent cannot be given its cgroup: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);
            }
        }
        finally
        {
            vector.Free();
            pinnedControl.Free();
            pinnedBytes.Free();
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint sendmsg(int socket, ref Message message, int flags);

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
