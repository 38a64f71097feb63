namespace RewardServer.Sandboxing.Languages;

/// <summary>Whether programs of one language can be run here.</summary>
/// <param name="Name">The language's name in requests: "python".</param>
/// <param name="Available">Whether a program of it can be run now.</param>
/// <param name="Version">What its interpreter or compiler calls itself; null where there is none.</param>
/// <param name="Reason">Why it cannot be run; null where it can.</param>
/// <param name="Remedy">The command or setting that would mend it; null where it can be run.</param>
public sealed record LanguageReport(string Name, bool Available, string? Version, string? Reason, string? Remedy);
