using System.Security.Cryptography;
using System.Text;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>A name for the set of processes that this server can see: its machine since it booted, and its pid namespace.</summary>
internal static class Host
{
    /// <summary>The same for all servers that can tell by /proc whether another is alive, and for no others.</summary>
    public static string Name { get; } = Find();

    private static string Find()
    {
        var boot = File.Exists("/proc/sys/kernel/random/boot_id") ? File.ReadAllText("/proc/sys/kernel/random/boot_id") : "";
        var space = File.Exists("/proc/self/ns/pid") ? new FileInfo("/proc/self/ns/pid").LinkTarget : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(boot + space)))[..16];
    }
}
