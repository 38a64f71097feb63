using System.Globalization;
using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>What a slot's container is made of: everything is taken from it that the agent does not need.</summary>
internal static class SlotContainer
{
    /// <summary>The label that all our containers bear; its value names the host.</summary>
    public const string Label = "org.rewardserver.slot";

    /// <summary>The label whose value is the name of the pool's folder, and so names the server and the pool in it.</summary>
    public const string ServerLabel = Label + ".server";

    /// <summary>Where the agent finds the server's socket.</summary>
    public const string SocketFolder = "/run/rewardserver";

    // Above the largest run: the agent itself, the frame that a request comes in, the resident.
    private const long SpareMemory = 768L << 20;

    // What the kernel tells of the host and its devices: what engines hide of themselves, and the rest of it (mask_host in
    // root.c).
    private static readonly string[] HostFiles =
    [
        .. new[]
        {
            "asound", "acpi", "cmdline", "config.gz", "diskstats", "interrupts", "iomem", "ioports", "kallsyms", "kcore", "key-users", "keys",
            "kmsg", "latency_stats", "modules", "mtrr", "partitions", "sched_debug", "scsi", "slabinfo", "sysrq-trigger", "timer_list", "timer_stats", "vmallocinfo",
        }.Select(name => "/proc/" + name),
        "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ];

    public static CreateContainerParameters Of(SlotKind kind, string image, long candidate, string server, SandboxOptions options) => new()
    {
        Image = image,
        Hostname = "sandbox",
        User = "0:0",
        WorkingDir = "/",
        Env = [],
        Entrypoint = ["/opt/rewardserver/runner"],

        // A slot has nothing to save, and its first process no handler: an engine that is stopped would wait for it in vain.
        StopSignal = "SIGKILL",
        Cmd =
        [
            "serve",
            Setting($"candidate-id={candidate}"),
            Setting($"scratch-mb={options.ScratchMb}"),
            Setting($"scratch-inodes={options.ScratchInodes}"),
            .. kind.Resident?.Settings() ?? [],
        ],
        NetworkDisabled = true,
        Labels = new Dictionary<string, string> { [Label] = Host.Name, [ServerLabel] = server },
        HostConfig = new HostConfig
        {
            MaskedPaths = HostFiles,
            NetworkMode = "none",
            IpcMode = "none",
            ReadonlyRootfs = true,
            AutoRemove = true,
            CapDrop = ["ALL"],
            CapAdd = ["SETUID", "SETGID", "KILL"],
            SecurityOpt = ["no-new-privileges"],
            LogConfig = new LogConfig { Type = "none" },
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            Memory = ((long)kind.MemoryMb << 20) + SpareMemory,
            MemorySwap = ((long)kind.MemoryMb << 20) + SpareMemory,
            PidsLimit = Runs.ResourceLimits.Ceiling.Processes + 128,
            Ulimits = [new Ulimit { Name = "nofile", Soft = 8192, Hard = 8192 }],
            Tmpfs = new Dictionary<string, string>
            {
                [Languages.Language.Scratch] = Setting(
                    $"rw,exec,nosuid,nodev,size={options.ScratchMb}m,nr_inodes={options.ScratchInodes + 1},uid={candidate},gid={candidate},mode=0700"),
            },
        },
    };

    private static string Setting(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
