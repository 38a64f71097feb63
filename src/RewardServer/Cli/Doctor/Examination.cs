using System.Globalization;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Cli.Doctor;

/// <summary>What was found of this machine.</summary>
/// <param name="Healthy">Whether Python programs can be run isolated.</param>
/// <param name="Engine">The engine that the server would use.</param>
/// <param name="Findings">Each thing that was looked at.</param>
internal sealed record Examination(bool Healthy, string Engine, IReadOnlyList<Finding> Findings)
{
    private static readonly string[] Engines = ["docker", "local"];

    /// <summary>Tries both engines, and each language in that which the settings choose.</summary>
    public static async Task<Examination> OfAsync(SandboxOptions options, CancellationToken cancellation)
    {
        var findings = new List<Finding> { Processors(), Kernel() };
        await using var chosen = await SandboxPool.StartAsync(options with { Slots = 1 }, TimeProvider.System, cancellation);
        findings.Add(OfEngine("engine", chosen, needed: true));
        foreach (var other in Engines.Where(name => name != chosen.Engine.Name && options.Engine is "auto" or "none"))
        {
            await using var pool = await SandboxPool.StartAsync(options with { Engine = other, Slots = 1 }, TimeProvider.System, cancellation);
            findings.Add(OfEngine($"engine {other}", pool, needed: false));
        }

        foreach (var language in chosen.Languages)
        {
            findings.Add(await OfLanguageAsync(chosen, language, cancellation));
        }

        if (chosen.Noise is { } noise)
        {
            findings.Add(new("timing", true, false, string.Create(
                CultureInfo.InvariantCulture, $"CPU time of one loop: least {noise.LeastSeconds * 1000:F1} ms, median {noise.MedianExcess:P0} above, worst {noise.WorstExcess:P0} above"), null));
        }

        return new(findings.Exists(finding => finding is { Subject: "python", Ok: true }), chosen.Engine.Name, findings);
    }

    private static Finding Processors() =>
        new("processors", true, false, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture) + ", one slot each by default", null);

    private static Finding Kernel()
    {
        var unified = File.Exists("/sys/fs/cgroup/cgroup.controllers");
        var legacy = Directory.Exists("/sys/fs/cgroup/memory");
        var root = Environment.IsPrivilegedProcess ? "root" : "not root";
        return OperatingSystem.IsLinux()
            ? new("kernel", unified || legacy, false, $"{Environment.OSVersion.Version}, cgroup {(unified ? "v2" : legacy ? "v1" : "not mounted")}, {root}",
                unified || legacy ? null : "Mount cgroups, or let a container engine do it.")
            : new("kernel", false, true, Environment.OSVersion.VersionString, "The sandbox needs Linux.");
    }

    private static Finding OfEngine(string subject, SandboxPool pool, bool needed) => pool.Engine.Available
        ? new(subject, true, needed, $"{pool.Engine.Name}: {pool.Engine.Description}", null)
        : new(subject, false, needed, pool.Engine.Reason!, pool.Engine.Remedy);

    private static async Task<Finding> OfLanguageAsync(SandboxPool pool, LanguageReport language, CancellationToken cancellation)
    {
        var needed = language.Name == "python";
        if (!language.Available)
        {
            return new(language.Name, false, needed, language.Reason!, language.Remedy);
        }

        var fault = await pool.ProbeAsync(language.Name, cancellation);
        return fault is null
            ? new(language.Name, true, needed, language.Version ?? "runs", null)
            : new(language.Name, false, needed, fault, "Build its image again: sandbox-images/build " + language.Name);
    }
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What: "engine", a language.</param>
/// <param name="Ok">Whether it is as it should be.</param>
/// <param name="Needed">Whether nothing can be run without it.</param>
/// <param name="Found">What was found, in a line.</param>
/// <param name="Remedy">The command or setting that mends it; null where there is nothing to mend.</param>
internal sealed record Finding(string Subject, bool Ok, bool Needed, string Found, string? Remedy);
