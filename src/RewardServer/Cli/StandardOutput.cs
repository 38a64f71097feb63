using Microsoft.Win32.SafeHandles;

namespace RewardServer.Cli;

/// <summary>Standard output of which the end is noticed: .NET's own stream passes over a reader that has gone, as <c>head</c> does, and a run would go on for nobody.</summary>
internal static class StandardOutput
{
    private const nint Descriptor = 1;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!stream.CanSeek)
        {
            return stream;
        }

        // A file's reader cannot go. And a stream with a position of its own would write over what others write there, such as errors that go to the same file.
        stream.Dispose();
        return Console.OpenStandardOutput();
    }
}
