namespace RewardServer.Sandboxing.Engines;

/// <summary>What was found of a sandbox engine at start.</summary>
/// <param name="Name">"local", or "none" where no engine can be had.</param>
/// <param name="Available">Whether it can isolate and limit a program.</param>
/// <param name="Description">One line for people: which namespaces, cgroups and users it has.</param>
/// <param name="Reason">Why it cannot be used; null where it can.</param>
/// <param name="Remedy">The command or setting that would mend it; null where it can be used.</param>
public sealed record EngineReport(string Name, bool Available, string Description, string? Reason, string? Remedy);
