namespace RewardServer.Sandboxing.Runs;

/// <summary>A file that stands in the scratch folder when a run begins.</summary>
/// <param name="Path">Relative to the scratch folder, with '/' between its parts; no part is "." or "..", none is empty.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Executable">Whether it can be executed.</param>
public sealed record SandboxFile(string Path, ReadOnlyMemory<byte> Content, bool Executable = false);
