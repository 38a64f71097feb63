namespace RewardServer.Sandboxing.Languages;

/// <summary>Whether programs of one language can be run here.</summary>
/// <param name="Name">The language's name in requests: "python".</param>
/// <param name="Available">Whether what it needs was found, at the start or since, so that programs of it are tried.</param>
/// <param name="Version">What its interpreter or compiler calls itself; null where there is none.</param>
/// <param name="Reason">Why it cannot be run; where it is available, why the last slot for it could not be made; else null.</param>
/// <param name="Remedy">The command or setting that would mend it; null where it can be run.</param>
public sealed record LanguageReport(string Name, bool Available, string? Version, string? Reason, string? Remedy);
