namespace RewardServer.Sandboxing.Engines;

/// <summary>Reports of an engine that is not there.</summary>
internal static class EngineRefusal
{
    public static EngineReport Of(string reason, string remedy) => new("none", false, "no sandbox", reason, remedy);

    public static EngineReport NoMemoryCgroup() => Of(
        "No memory cgroup can be made here, so that the memory of a program cannot be limited as a whole.",
        "Run the server as root, or with delegated cgroups (systemd-run --user --scope -p Delegate=yes rewardserver), "
        + "or set Sandbox:AllowWithoutMemoryCgroup to limit memory a process at a time.");

    /// <summary>From what the agent said when it could not start.</summary>
    public static EngineReport OfFailedStart(string cause) => Of(
        "A sandbox cannot be made here: " + cause,
        cause.Contains("clone", StringComparison.Ordinal) || cause.Contains("uid_map", StringComparison.Ordinal)
            ? "Allow user namespaces: sysctl -w user.max_user_namespaces=10000, and on Ubuntu "
              + "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; in a container, run it privileged."
            : "Run the server as root on a Linux of 5.9 or later, outside of a container that forbids mounts.");
}
