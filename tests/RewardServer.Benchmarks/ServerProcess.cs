using System.Diagnostics;

namespace RewardServer.Benchmarks;

/// <summary>The server in a process of its own, on a free port of this machine.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private HttpClient? client;

    private ServerProcess(Process process) => this.process = process;

    public static ServerProcess Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rewardserver.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        };
#pragma warning disable RS0030 // The one place where benchmarks start the program that they measure.
        return new(Process.Start(start)!);
#pragma warning restore RS0030
    }

    /// <summary>Waits until the server listens.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        while (client is null && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("listening") is [_, var address])
            {
                client = new HttpClient { BaseAddress = new Uri(address.Trim()) };
            }
        }

        return client ?? throw new InvalidOperationException("the server did not start");
    }

    /// <summary>What it holds: memory, descriptors, threads, processes below it.</summary>
    public string State()
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        var memory = status.First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..].Trim();
        var threads = status.First(line => line.StartsWith("Threads:", StringComparison.Ordinal))[8..].Trim();
        var children = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var everybody = Directory.EnumerateDirectories("/proc").Count(path => int.TryParse(Path.GetFileName(path), out _));
        return $"{memory}, {Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/fd").Count()} descriptors, {threads} threads, {children} children; {everybody} processes on the machine";
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
