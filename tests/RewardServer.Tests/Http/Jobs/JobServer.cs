using RewardServer.Tests.Cli;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>The program itself as a server, which can be killed.</summary>
internal sealed class JobServer : IAsyncDisposable
{
    private readonly RewardServerProcess process;

    private JobServer(RewardServerProcess process, HttpClient client) => (this.process, Client) = (process, client);

    public HttpClient Client { get; }

    /// <summary>Starts one. It takes the jobs of one that was killed after five seconds.</summary>
    /// <param name="place">Where jobs are kept: a folder, or how to reach PostgreSQL.</param>
    public static async Task<JobServer> StartAsync(string place)
    {
        var isPostgres = place.StartsWith("Host=", StringComparison.Ordinal);
        var process = RewardServerProcess.Start(
            new Dictionary<string, string?>
            {
                ["Storage:Folder"] = isPostgres ? Path.Combine(Path.GetTempPath(), "rewardserver-tests", Path.GetRandomFileName()) : place,
                ["Jobs:Postgres"] = isPostgres ? place : null,
                ["Jobs:LeaseSeconds"] = "5",
                ["Sandbox:Engine"] = "none",
            },
            "--urls", "http://127.0.0.1:0");
        var listening = await process.LineWithAsync("listening");
        return new(process, new() { BaseAddress = new Uri(listening.Split("listening")[1].Trim()) });
    }

    public Task KillAsync() => process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await process.DisposeAsync();
    }
}
