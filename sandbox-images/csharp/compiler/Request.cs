using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler;

/// <summary>
/// A run that the agent asks for, with its open files. Ids and limits in its text are for residents that fork: ours are
/// set, and the agent ends us where a run takes too long or too much.
/// </summary>
internal sealed class Request : IDisposable
{
    private readonly SafeFileHandle[] files;

    private Request(SafeFileHandle[] files) => this.files = files;

    public SafeFileHandle Input => files[0];

    public SafeFileHandle Output => files[1];

    public SafeFileHandle Error => files[2];

    /// <summary>Open until the run has begun.</summary>
    public SafeFileHandle Failure => files[3];

    /// <exception cref="InvalidDataException">It is no run, or files are missing.</exception>
    public static Request Of(string text, SafeFileHandle[] files) =>
        text.StartsWith("run ", StringComparison.Ordinal) && files.Length >= 4
            ? new(files)
            : throw new InvalidDataException($"not a run: {text} with {files.Length} files");

    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }
}
