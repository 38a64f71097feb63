using System.Diagnostics;

namespace RewardServer.Tests.Cli.Grade;

/// <summary>A small disk in memory; only root can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts one; the test is skipped where that is not allowed.</summary>
    /// <param name="options">As <c>mount</c> takes them: "size=64k", "ro".</param>
    public static SmallDisk Mount(string options)
    {
        var folder = Directory.CreateTempSubdirectory("grade-disk-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", options, "none", folder))
        {
            Directory.Delete(folder);
            Assert.Skip("only root can mount a small disk");
        }

        return new(folder);
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
#pragma warning disable RS0030 // A disk for a test.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
#pragma warning restore RS0030
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
