using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Engines;

/// <summary>
/// The embedded engine: slots are namespaces that the runner makes on this machine, with this machine's /usr.
/// It does not protect against a hole in the kernel, which all slots share with the host.
/// </summary>
internal sealed class LocalEngine : ISlotEngine
{
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(20);

    private readonly SandboxOptions options;
    private readonly TimeProvider time;
    private readonly string runner;
    private readonly PoolCgroups cgroups;
    private readonly DirectoryInfo folder;
    private int slots;

    private LocalEngine(SandboxOptions options, TimeProvider time, string runner, CgroupLayout layout)
    {
        (this.options, this.time, this.runner) = (options, time, runner);
        SweepFolders();
        cgroups = new PoolCgroups(layout);
        folder = MakeFolder();
        Description = Describe(layout);
    }

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Looks at what this machine offers.</summary>
    /// <returns>The engine, or a report of why there is none.</returns>
    public static (LocalEngine? Engine, EngineReport? Refusal) Find(SandboxOptions options, TimeProvider time)
    {
        var runner = Path.Combine(AppContext.BaseDirectory, "sandbox-runner");
        if (!OperatingSystem.IsLinux())
        {
            return (null, EngineRefusal.Of("The local sandbox needs Linux.", "Run the server on Linux, or in a container."));
        }

        if (!File.Exists(runner))
        {
            return (null, EngineRefusal.Of(
                "The server was built where no C compiler with a static libc is: it has no sandbox runner.",
                "apt-get install gcc libc6-dev, then build again"));
        }

        try
        {
            var layout = CgroupLayout.Find();
            return layout.LimitsMemory || options.AllowWithoutMemoryCgroup
                ? (new LocalEngine(options, time, runner, layout), null)
                : (null, EngineRefusal.NoMemoryCgroup());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return (null, EngineRefusal.Of("The sandbox's folders cannot be made: " + refused.Message, "See that /tmp and the cgroup tree are writable."));
        }
    }

    /// <inheritdoc/>
    public SlotKind KindFor(Language language, Resident? resident, int memoryMb) => new("", resident, SlotKind.MemoryClasses[^1]);

    /// <inheritdoc/>
    public Task<LanguageReport?> FindMissingAsync(Language language, CancellationToken cancellation)
    {
        var program = language.Needs.FirstOrDefault(path => !File.Exists(path));
        var folder = language.Resident is { } resident && !Directory.Exists(FolderOf(resident)) ? FolderOf(resident) : null;
        var lacking = program ?? folder;
        return Task.FromResult(lacking is null ? null : new LanguageReport(
            language.Name, false, null, $"There is no {lacking}.", program is null ? "Build the server again." : $"apt-get install {language.Packages}"));
    }

    /// <inheritdoc/>
    public async Task<Slot> CreateSlotAsync(SlotKind kind, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = Path.Combine(folder.FullName, Interlocked.Increment(ref slots).ToString(CultureInfo.InvariantCulture));
        var release = () => Task.CompletedTask;
        Process? launcher = null;
        Slot? slot = null;
        try
        {
            var (arguments, groups) = cgroups.MakeSlot();
            release = () => PoolCgroups.RemoveSlotAsync(groups, time);
            var ids = HostIds.Available ? HostIds.Take() ?? throw new SlotBrokenException("All user ids for slots are taken.") : (long?)null;
            release = () =>
            {
                HostIds.Return(ids);
                return PoolCgroups.RemoveSlotAsync(groups, time);
            };
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            using var clock = new CancellationTokenSource(StartGrace, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
            launcher = StartLauncher(path, ids, [.. arguments, .. ResidentSettings(kind)]);
            var socket = await AcceptAsync(listener, launcher, patience.Token).ConfigureAwait(false);
            slot = new Slot(new NetworkStream(socket, ownsSocket: true), grace => EndAsync(launcher, grace, release), time);
            await slot.AwaitHelloAsync(patience.Token).ConfigureAwait(false);
            return slot;
        }
        catch (Exception failure)
        {
            // No candidate has run: whatever it is, of the system or a bug, the slot is broken and the run a fault of ours.
            await (slot is null ? EndAsync(launcher, TimeSpan.Zero, release) : slot.DisposeAsync().AsTask()).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw failure as SlotBrokenException ?? new SlotBrokenException("The agent did not start: " + failure.Message, failure);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public ValueTask DisposeAsync()
    {
        cgroups.Remove();
        if (Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<Socket> AcceptAsync(Socket listener, Process launcher, CancellationToken patience)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(patience);
        var connected = listener.AcceptAsync(race.Token).AsTask();
        var ended = launcher.WaitForExitAsync(race.Token);
        await Task.WhenAny(connected, ended).ConfigureAwait(false);
        if (ended.IsCompletedSuccessfully)
        {
            // What it said before it ended may still be on its way.
            await Task.WhenAny(connected, Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None)).ConfigureAwait(false);
        }

        if (!connected.IsCompleted && ended.IsCompletedSuccessfully)
        {
            await race.CancelAsync().ConfigureAwait(false);
            throw new SlotBrokenException($"The runner ended with code {launcher.ExitCode} before it could say why.");
        }

        return await connected.ConfigureAwait(false);
    }

    // The launcher's death is the agent's, and that is the death of everything in its namespace.
    private async Task EndAsync(Process? launcher, TimeSpan grace, Func<Task> release)
    {
        if (launcher is not null)
        {
            using var patience = new CancellationTokenSource(grace, time);
            try
            {
                await launcher.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                launcher.Kill();
                await launcher.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            launcher.Dispose();
        }

        await release().ConfigureAwait(false);
    }

    private static IEnumerable<string> ResidentSettings(SlotKind kind) =>
        kind.Resident is { } resident
            ? resident.Settings().Prepend($"show={FolderOf(resident)}:/opt/rewardserver/{resident.Folder}")
            : [];

    private static string FolderOf(Resident resident) => Path.Combine(AppContext.BaseDirectory, "residents", resident.Folder);

    private Process StartLauncher(string socket, long? ids, IReadOnlyList<string> further)
    {
        var start = new ProcessStartInfo(runner) { WorkingDirectory = "/" };
        start.Environment.Clear();
        string[] own =
        [
            "launch",
            "socket=" + socket,
            string.Create(CultureInfo.InvariantCulture, $"server={Environment.ProcessId}"),
            string.Create(CultureInfo.InvariantCulture, $"host-id={ids ?? -1}"),
            string.Create(CultureInfo.InvariantCulture, $"scratch-mb={options.ScratchMb}"),
            string.Create(CultureInfo.InvariantCulture, $"scratch-inodes={options.ScratchInodes}"),
        ];
        foreach (var argument in own.Concat(further))
        {
            start.ArgumentList.Add(argument);
        }

#pragma warning disable RS0030 // The one place where a process is started: the sandbox's own launcher, never a candidate's program.
        return Process.Start(start) ?? throw new SlotBrokenException("The runner was not started.");
#pragma warning restore RS0030
    }

    private static string Describe(CgroupLayout layout)
    {
        var users = HostIds.Available ? "two user ids a slot" : "one user id (the server is not root)";
        var groups = layout.Unified is not null ? "cgroup v2" : layout.LimitsMemory ? "cgroup v1" : "no memory cgroup";
        return $"namespaces (user, pid, mount, net, ipc, uts), {users}, {groups}";
    }

    private static DirectoryInfo MakeFolder()
    {
        // A socket's path has room for 108 bytes, which a long TMPDIR would exceed.
        var place = Path.GetTempPath().Length > 40 ? "/tmp" : Path.GetTempPath();
        var path = Path.Combine(place, ProcessIdentity.Own.NamePrefix + Path.GetRandomFileName()[..8]);
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Directory.CreateDirectory(path, ownerOnly);
    }

    private static void SweepFolders()
    {
        foreach (var place in new[] { Path.GetTempPath(), "/tmp" }.Distinct())
        {
            foreach (var dead in Directory.EnumerateDirectories(place, ProcessIdentity.Prefix + "*")
                         .Where(path => ProcessIdentity.IsOfDeadServer(Path.GetFileName(path))).ToList())
            {
                try
                {
                    Directory.Delete(dead, recursive: true);
                }
                catch (Exception others) when (others is IOException or UnauthorizedAccessException)
                {
                    // Another user's: not ours to remove.
                }
            }
        }
    }
}
