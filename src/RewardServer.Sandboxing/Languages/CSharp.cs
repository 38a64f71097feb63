using System.Text;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>
/// C#, compiled by a Roslyn worker that stays warm inside the slot: a source that overflows its stack ends the worker,
/// never the server.
/// </summary>
internal static class CSharp
{
    private static readonly string[] Places = ["/usr/share/dotnet/dotnet", "/usr/lib/dotnet/dotnet"];

    public static Language Find(Func<string, bool> exists)
    {
        var dotnet = Places.FirstOrDefault(exists) ?? Places[0];

        // Neither of them writes to /tmp, which is the candidate's, nor opens a port for diagnostics. Code is not mapped twice,
        // which takes a file larger than any that a run may write.
        string[] environment = [.. Language.CommonEnvironment, "DOTNET_EnableDiagnostics=0", "DOTNET_EnableWriteXorExecute=0", "DOTNET_TieredPGO=0", "DOTNET_gcServer=0", "DOTNET_gcConcurrent=0"];

        // A heap larger than any run (in hexadecimal): it is the sandbox that ends what is over it, and says so.
        string[] program = [.. environment, "DOTNET_GCHeapHardLimit=120000000"];
        return new()
        {
            Name = "csharp",
            Image = "csharp",
            Packages = "dotnet-runtime-10.0 (from packages.microsoft.com)",
            MainFile = "main.cs",
            Needs = [dotnet],
            Command = [dotnet, "exec", "--runtimeconfig", "/opt/rewardserver/csharp/program.runtimeconfig.json", Language.Scratch + "/main.dll"],
            Environment = [.. program],
            VersionCommand = [dotnet, "--list-runtimes"],
            Resident = new Resident("csharp", "csharp", [dotnet, "/opt/rewardserver/csharp/compiler.dll"], environment, Forks: false),
            Compile = new([], ["main.dll"]) { BundleForResident = Bundle, Limits = new(10, 30, 1024, 64, 32 << 10) },
        };
    }

    // For each file u32 length of its path, path, u32 length, bytes; little-endian.
    private static byte[] Bundle(IReadOnlyList<SandboxFile> files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var file in files.Where(file => file.Path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)))
        {
            var path = Encoding.UTF8.GetBytes(file.Path);
            writer.Write((uint)path.Length);
            writer.Write(path);
            writer.Write((uint)file.Content.Length);
            writer.Write(file.Content.Span);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
