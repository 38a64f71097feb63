using System.Diagnostics;

namespace RewardServer.Sandboxing.Tests;

/// <summary>
/// An engine that tests may stop, kill and fill up: in a file system of its own in memory, with the images of the engine
/// that the other tests use.
/// </summary>
public sealed class EngineOfItsOwn : IAsyncLifetime
{
    private const int SizeMb = 1536;

    private static readonly string Script = Path.Combine(Repository(), "sandbox-images", "engine");

    private string? folder;

    /// <summary>Its options; its tests skip where the other tests have no engine.</summary>
    public SandboxOptions Options
    {
        get
        {
            Assert.SkipWhen(folder is null, "SANDBOX_TESTS_DOCKER names no engine; tests/run starts one");
            return EngineOfTests.Options with
            {
                Slots = 2,
                PythonZygote = false,
                Docker = EngineOfTests.Options.Docker with { Endpoint = Endpoint },
            };
        }
    }

    private string Endpoint => $"unix://{folder}/docker.sock";

    private static string Tag => EngineOfTests.Options.Docker.ImageTag;

    public static string PythonImage => ImageOf("python");

    public static string ImageOf(string name) => $"{EngineOfTests.Options.Docker.ImagePrefix}{name}:{Tag}";

    public async ValueTask InitializeAsync()
    {
        if (EngineOfTests.Endpoint is not { } source)
        {
            return;
        }

        folder = Directory.CreateTempSubdirectory("engine-").FullName;
        await ShellAsync($"mount -t tmpfs -o size={SizeMb}m none {folder}");
        await StartAsync();
        var images = string.Join(' ', new[] { "base", "python" }.Select(ImageOf));
        await ShellAsync($"docker -H {source} save {images} | docker -H {Endpoint} load");
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await StopAsync();
            await ShellAsync($"umount -R {folder}");
            Directory.Delete(folder);
        }
    }

    public Task StartAsync() => ShellAsync($"{Script} start {folder}");

    public Task StopAsync() => ShellAsync($"{Script} stop {folder}");

    /// <summary>Ends the engine, and nothing else, as a crash would.</summary>
    public Task KillAsync() => ShellAsync($"kill -9 $(cat {folder}/pid)");

    /// <summary>Asks the engine by its own command.</summary>
    /// <returns>What it says, a line each.</returns>
    public async Task<string[]> DockerAsync(string command) =>
        (await ShellAsync($"docker -H {Endpoint} {command}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<string[]> ContainersAsync() => DockerAsync("ps -aq --filter label=org.rewardserver.slot");

    public async Task RemoveContainersAsync() => await DockerAsync("rm -f " + string.Join(' ', await ContainersAsync()));

    /// <summary>Ends the first process of each of our containers behind the engine's back.</summary>
    public async Task KillFirstProcessesAsync()
    {
        foreach (var container in await ContainersAsync())
        {
            await ShellAsync($"kill -9 $(docker -H {Endpoint} inspect -f '{{{{.State.Pid}}}}' {container})");
        }
    }

    /// <summary>Makes a file system of 64 KiB for sockets.</summary>
    /// <returns>Its folder; it goes with the engine's.</returns>
    public async Task<string> MountForSocketsAsync()
    {
        var place = Directory.CreateDirectory(Path.Combine(folder!, "sockets")).FullName;
        await ShellAsync($"mount -t tmpfs -o size=64k none {place}");
        return place;
    }

    /// <summary>Writes to the engine's file system until it is full, and stays so: removed containers give back space later.</summary>
    /// <returns>The file that fills it.</returns>
    /// <param name="within">The folder of another file system that is to be filled; null for the engine's.</param>
    public async Task<string> FillAsync(string? within = null)
    {
        var path = Path.Combine(within ?? folder!, "filling");
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var quiet = 0; quiet < 5; quiet++)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[1 << 16]);
                    quiet = 0;
                }
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }

        return path;
    }

    private static async Task<string> ShellAsync(string command)
    {
#pragma warning disable RS0030 // The engine's own commands, and nobody's program.
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
#pragma warning restore RS0030
        var (said, complained) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0 ? await said : throw new InvalidOperationException($"{command}: {await complained}");
    }

    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RewardServer.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
