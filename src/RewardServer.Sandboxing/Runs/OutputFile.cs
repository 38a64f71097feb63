namespace RewardServer.Sandboxing.Runs;

/// <summary>A file that a run left and that was asked for.</summary>
/// <param name="Path">As it was asked for.</param>
/// <param name="Content">Its bytes; empty where it is too large.</param>
/// <param name="TooLarge">Whether it was left behind because all files together are over <see cref="RunRequest.MaxOutputFileBytes"/>.</param>
public sealed record OutputFile(string Path, ReadOnlyMemory<byte> Content, bool TooLarge = false);
