using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using RewardServer.Jobs.Tests.Store;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace RewardServer.Jobs.Tests.Store;

/// <summary>
/// A PostgreSQL of these tests' own, on a loopback port and in a temporary folder, begun by the first test that needs it. It ends when its standard input does, that
/// is with this process, however that ends.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Script = """
        bin=$1 data=$2 port=$3
        start() {
          "$bin/postgres" -D "$data/cluster" -p "$port" -k "$data" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 </dev/null >>"$data/log" 2>&1 &
          pid=$!
          for _ in $(seq 600); do
            "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && echo ready && return
            kill -0 $pid 2>/dev/null || break
            sleep 0.1
          done
          echo "no start: $(tail -n 3 "$data/log" | tr '\n' ' ')"
        }
        stop() { kill -QUIT $pid 2>/dev/null; wait $pid; }
        trap 'stop; exit' TERM INT
        "$bin/initdb" -D "$data/cluster" -A trust -U postgres -E UTF8 --locale=C --no-sync >"$data/log" 2>&1 || { echo "no cluster: $(tail -n 3 "$data/log")"; exit 1; }
        start
        while read -r command; do
          case $command in
          stop) stop; echo stopped ;;
          start) start ;;
          esac
        done
        stop
        """;

    private readonly SemaphoreSlim gate = new(1, 1);
    private string? folder;
    private Process? process;
    private int port;
    private int databases;

    /// <summary>A new database; skips the test where there can be none.</summary>
    /// <returns>How to reach it.</returns>
    public async Task<string> DatabaseAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(place => File.Exists(Path.Combine(place, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        Assert.SkipWhen(bin is null, "PostgreSQL is not installed (Debian's package postgresql)");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "not root: PostgreSQL cannot be started as its own user");
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (process is null)
            {
                await StartAsync(bin!);
            }

            var name = $"test{++databases}";
            await using var connection = new NpgsqlConnection(Connection("postgres"));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return Connection(name);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends the database server at once, as a crash would.</summary>
    public Task StopAsync() => TellAsync("stop", "stopped");

    /// <summary>Starts it again.</summary>
    public Task StartAgainAsync() => TellAsync("start", "ready");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Connection(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Timeout=5");

    private async Task StartAsync(string bin)
    {
        folder = Directory.CreateTempSubdirectory("rewardserver-postgres-").FullName;
        port = FreePort();
        await using var chown = Run("chown", "postgres", folder);
        await chown.WaitAsync();
        var start = new ProcessStartInfo("runuser", ["-u", "postgres", "--", "bash", "-c", Script, "cluster", bin, folder, port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
#pragma warning disable RS0030 // The one place where these tests start a database.
        process = Process.Start(start)!;
#pragma warning restore RS0030
        await AwaitAsync("ready");
    }

    private async Task TellAsync(string command, string answer)
    {
        await process!.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        await AwaitAsync(answer);
    }

    private async Task AwaitAsync(string answer)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        Assert.Equal(answer, await process!.StandardOutput.ReadLineAsync(patience.Token));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Finished Run(string program, params string[] arguments)
    {
#pragma warning disable RS0030 // As above.
        return new(Process.Start(new ProcessStartInfo(program, arguments))!);
#pragma warning restore RS0030
    }

    private sealed class Finished(Process process) : IAsyncDisposable
    {
        public async Task WaitAsync()
        {
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }

        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return default;
        }
    }
}
