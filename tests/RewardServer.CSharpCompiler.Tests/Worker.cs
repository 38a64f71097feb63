using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RewardServer.CSharpCompiler.Tests;

/// <summary>What the worker made of a program.</summary>
public sealed record Answer(int Status, byte[] Assembly, string Errors, string Failure);

/// <summary>The worker as a plain child process, warm, and the tests in the agent's place.</summary>
public sealed class Worker : IDisposable
{
    private static readonly Lock Starting = new();

    private readonly Process process;
    private readonly int socket;
    private bool open = true;

    public Worker()
    {
        // One at a time, or a worker would inherit another one's end.
        lock (Starting)
        {
            (socket, var other) = Native.SocketPair();
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "residents", "csharp", "compiler.dll")]);
            start.Environment["RESIDENT_FD"] = other.ToString(CultureInfo.InvariantCulture);
#pragma warning disable RS0030 // The one place where these tests start the program under test.
            process = Process.Start(start)!;
#pragma warning restore RS0030
            Native.Close(other);
        }

        Assert.Equal("ready", Native.Receive(socket));
    }

    public int ProcessId => process.Id;

    public Answer Compile(params string[] sources) =>
        Send(Bundle([.. sources.Select((source, number) => (number == 0 ? "main.cs" : $"file{number}.cs", Encoding.UTF8.GetBytes(source)))]));

    public static byte[] Bundle(params (string Path, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var (path, content) in files)
        {
            writer.Write(Encoding.UTF8.GetByteCount(path));
            writer.Write(Encoding.UTF8.GetBytes(path));
            writer.Write(content.Length);
            writer.Write(content);
        }

        return stream.ToArray();
    }

    public Answer Send(byte[] bundle)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var paths = new[] { "stdin", "stdout", "stderr", "failure" }.Select(name => Path.Combine(folder.FullName, name)).ToArray();
            File.WriteAllBytes(paths[0], bundle);
            var files = paths.Select((path, number) => File.OpenHandle(
                path, FileMode.OpenOrCreate, number == 0 ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite)).ToArray();
            Native.Send(socket, "run 1 1000 1000 30 1 1 -1 64 8388608", files);
            Array.ForEach(files, file => file.Dispose());
            Assert.Equal($"started {process.Id}", Native.Receive(socket));
            var ended = Native.Receive(socket)!.Split(' ');
            Assert.Equal(("ended", 5), (ended[0], ended.Length));
            return new(int.Parse(ended[1], CultureInfo.InvariantCulture), File.ReadAllBytes(paths[1]), File.ReadAllText(paths[2]), File.ReadAllText(paths[3]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Closes the agent's end.</summary>
    /// <returns>The worker's exit code.</returns>
    public int HangUp()
    {
        Native.Close(socket);
        open = false;
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (open)
        {
            HangUp();
        }

        process.Dispose();
    }
}
