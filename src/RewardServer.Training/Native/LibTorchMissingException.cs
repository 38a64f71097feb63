namespace RewardServer.Training.Native;

/// <summary>libtorch could not be loaded. The message says what was tried and how to get it.</summary>
/// <param name="folder">Where it was looked for.</param>
/// <param name="named">Whether the user named that folder.</param>
/// <param name="cause">What the loader said.</param>
public sealed class LibTorchMissingException(string folder, bool named, Exception cause) : Exception(
    $"libtorch could not be loaded from {folder}: {FirstLine(cause)} "
        + (named
            ? $"Name the lib folder of {TorchVersion.Fitting} (python3 -c \"import torch; print(torch.__path__[0] + '/lib')\")."
            : $"Training needs it: build without -p:Torch=none, or name the lib folder of an installed {TorchVersion.Fitting} with --libtorch."),
    cause)
{
    private static string FirstLine(Exception cause) => (cause.InnerException ?? cause).Message.Trim().Split('\n')[0].TrimEnd('.') + ".";
}
