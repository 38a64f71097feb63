using System.Runtime.CompilerServices;
using System.Text.Json;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check;

/// <summary>The Python program that runs checks: compiled once in a pool, by its own interpreter, since compiling it takes longer than most checks.</summary>
internal sealed class CheckDriver
{
    /// <summary>Where a run finds the compiled driver.</summary>
    public const string File = "check.bin";

    // In the order in which they run, all in one namespace.
    private static readonly string[] Parts =
    [
        "check_encode", "check_simple", "check_decode", "check_signs", "check_peer", "check_proxies",
        "check_objects", "check_child", "check_text", "check_view", "check_shared", "check_styles", "check_imports", "check_main",
    ];

    private static readonly ConditionalWeakTable<SandboxPool, CheckDriver> Drivers = [];
    private static readonly byte[] Compiler = Read("check_compile.py");
    private static readonly byte[] Sources = JsonSerializer.SerializeToUtf8Bytes(
        Parts.Select(name => new[] { name, System.Text.Encoding.UTF8.GetString(Read($"{name}.py")) }));

    private byte[]? code;

    /// <summary>The driver of a pool.</summary>
    public static CheckDriver Of(SandboxPool sandbox) => Drivers.GetOrCreateValue(sandbox);

    /// <summary>What starts it: a program that takes no time to compile.</summary>
    public static byte[] Starter { get; } = Read("check_driver.py");

    /// <summary>Forgets the code: the interpreter is another one by now.</summary>
    public void Forget() => Volatile.Write(ref code, null);

    /// <summary>The compiled code, or the run that failed to compile it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(byte[]? Code, RunResult? Failure)> CompileAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        if (Volatile.Read(ref code) is { } known)
        {
            return (known, null);
        }

        var run = await sandbox.RunAsync(
            new() { Language = "python", Files = [new("main.py", Compiler)], Stdin = Sources }, cancellation).ConfigureAwait(false);
        if (run.Status != RunStatus.Ok)
        {
            return (null, run);
        }

        Volatile.Write(ref code, run.Stdout.ToArray());
        return (code, null);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(CheckDriver).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
