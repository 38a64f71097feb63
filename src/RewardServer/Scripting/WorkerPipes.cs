using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Scripting;

/// <summary>
/// The pipes to the server, taken away from where a script, or a program that it starts, would read and write. When the
/// server's end is closed, because it is done with this process or is itself no more, the process ends at once, whatever
/// the script is at.
/// </summary>
internal sealed class WorkerPipes
{
    private const int CloseOnExec = 0x80000;

    private readonly FileStream input;
    private readonly FileStream output;

    private WorkerPipes(FileStream input, FileStream output)
    {
        (this.input, this.output) = (input, output);
        new Thread(WatchForItsEnd) { IsBackground = true, Name = "server" }.Start();
    }

    /// <summary>Takes the pipes; what is standard input from now on is empty, and what is printed goes nowhere.</summary>
    public static WorkerPipes Take()
    {
        // There the runtime itself says why it ends, at the beginning of a line.
        Console.SetError(TextWriter.Null);
        using var nothing = File.OpenHandle("/dev/null", access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
        return new(new(Moved(0, nothing), FileAccess.Read, bufferSize: 0), new(Moved(1, nothing), FileAccess.Write, bufferSize: 0));
    }

    /// <summary>Waits for the next message.</summary>
    public T Receive<T>() => ScriptFrames.Message<T>(ScriptFrames.Read(input));

    /// <summary>Answers it.</summary>
    public void Send<T>(T message) => output.Write(ScriptFrames.Of(message));

    private static SafeFileHandle Moved(int descriptor, SafeFileHandle nothing)
    {
        var copy = Checked(dup(descriptor));
        // In two steps, because the first alone would leave the copy open in programs that the script starts.
        Checked(dup3(descriptor, copy, CloseOnExec));
        Checked(dup3((int)nothing.DangerousGetHandle(), descriptor, 0));
        return new(copy, ownsHandle: true);
    }

    private static int Checked(int result) =>
        result >= 0 ? result : throw new IOException($"the pipes to the server cannot be had: error {Marshal.GetLastPInvokeError()}");

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int dup(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int dup3(int descriptor, int copy, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref Polled descriptors, nuint count, int timeout);

    // Beside the thread that reads: that one may be in a script which never comes back.
    private void WatchForItsEnd()
    {
        // Nothing is asked for but what is always told: that the other end is closed.
        var polled = new Polled { Descriptor = (int)input.SafeFileHandle.DangerousGetHandle() };
        while (poll(ref polled, 1, -1) <= 0)
        {
            // A signal came between.
        }

        // Not by an ordinary exit, which would wait for what the script has left for the end.
        Process.GetCurrentProcess().Kill();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Asked;
        public short Told;
    }
}
