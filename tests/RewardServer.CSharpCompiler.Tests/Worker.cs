using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Reflection;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler.Tests;

/// <summary>What a run of the worker gave.</summary>
/// <param name="Status">As of wait(2): 0, or an exit code in the second byte.</param>
/// <param name="Assembly">What it wrote to the run's standard output.</param>
/// <param name="Errors">What it wrote to the run's standard error.</param>
/// <param name="Failure">What it says of a fault of ours; empty in a run.</param>
/// <param name="ProcessorSeconds">As it reports them.</param>
/// <param name="PeakKib">As it reports it.</param>
public sealed record WorkerRun(int Status, byte[] Assembly, string Errors, string Failure, double ProcessorSeconds, long PeakKib);

/// <summary>The worker as a child process, spoken to as the agent of a slot does: one run at a time.</summary>
public sealed class Worker : IAsyncLifetime
{
    private readonly AgentSocket agent = new();
    private Process? process;

    public static string Folder { get; } = Path.GetFullPath(typeof(Worker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "WorkerFolder").Value!.Replace('\\', '/'));

    public Process Process => process!;

    /// <summary>Starts it and waits until it is warm.</summary>
    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", [Path.Combine(Folder, "compiler.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["RESIDENT_FD"] = agent.ForChild.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
#pragma warning disable RS0030 // The one place where these tests start the program under test.
        process = Process.Start(start)!;
#pragma warning restore RS0030
        agent.CloseForChild();
        Assert.Equal("ready", await agent.ReceiveAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        Process.Dispose();
    }

    /// <summary>Ends it, as the agent does, by closing the socket.</summary>
    public Task HangUpAsync()
    {
        agent.Dispose();
        return Process.WaitForExitAsync();
    }

    /// <summary>All that it wrote to streams of its own, once it has ended.</summary>
    public async Task<string> WordsAsync() => await Process.StandardOutput.ReadToEndAsync() + await Process.StandardError.ReadToEndAsync();

    public Task<WorkerRun> CompileAsync(string code) => CompileAsync(("main.cs", Encoding.UTF8.GetBytes(code)));

    public Task<WorkerRun> CompileAsync(params (string Path, byte[] Content)[] files)
    {
        using var bundle = new MemoryStream();
        foreach (var (path, content) in files)
        {
            Write(bundle, Encoding.UTF8.GetBytes(path));
            Write(bundle, content);
        }

        return RunAsync(bundle.ToArray());
    }

    /// <summary>A run with these bytes as its standard input.</summary>
    /// <exception cref="EndOfStreamException">The worker ended.</exception>
    public async Task<WorkerRun> RunAsync(byte[] input)
    {
        using var stdin = InputFile(input);
        using var stdout = new AnonymousPipeServerStream(PipeDirection.In);
        using var stderr = new AnonymousPipeServerStream(PipeDirection.In);
        using var failure = new AnonymousPipeServerStream(PipeDirection.In);
        agent.Send(
            "run 1 65534 65534 10 67108864 32 -1 64 67108864",
            stdin,
            new(stdout.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false),
            new(stderr.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false),
            new(failure.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false));

        // Each is read to its end, which comes only when the worker has closed it too.
        var streams = new[] { stdout, stderr, failure }.Select(ReadAsync).ToArray();
        Assert.Equal($"started {Process.Id}", await agent.ReceiveAsync());
        var ended = (await agent.ReceiveAsync()).Split(' ');
        Assert.Equal("ended", ended[0]);
        var numbers = ended.Skip(1).Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, numbers.Length);
        return new(
            (int)numbers[0],
            await streams[0],
            Encoding.UTF8.GetString(await streams[1]),
            Encoding.UTF8.GetString(await streams[2]),
            (numbers[1] + numbers[2]) / 1e6,
            numbers[3]);
    }

    private static void Write(MemoryStream bundle, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        bundle.Write(length);
        bundle.Write(bytes);
    }

    private static SafeFileHandle InputFile(byte[] input)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, input);
        var file = File.OpenHandle(path);
        File.Delete(path);
        return file;
    }

    private static async Task<byte[]> ReadAsync(AnonymousPipeServerStream stream)
    {
        stream.DisposeLocalCopyOfClientHandle();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
