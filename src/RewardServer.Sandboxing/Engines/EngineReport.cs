namespace RewardServer.Sandboxing.Engines;

/// <summary>What is known of a sandbox engine.</summary>
/// <param name="Name">"local", or "none" where no engine can be had.</param>
/// <param name="Available">Whether, at the start, it could isolate and limit a program.</param>
/// <param name="Description">One line for people: which namespaces, cgroups and users it has.</param>
/// <param name="Reason">Why it cannot be used; where it was available, why a slot could not be made since; else null.</param>
/// <param name="Remedy">The command or setting that would mend it; null where it can be used.</param>
public sealed record EngineReport(string Name, bool Available, string Description, string? Reason, string? Remedy);
