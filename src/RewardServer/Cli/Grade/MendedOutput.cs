using System.Text.Json;
using RewardServer.Hosting;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Grade;

/// <summary>
/// An output of which rows that failed are graded anew: what comes of it is written to a file beside it, the other rows with it, and takes its place once all are there. Until then
/// the output stands as it was, whatever happens.
/// </summary>
internal sealed class MendedOutput : IAsyncDisposable
{
    private const string Ending = ".mended";

    private readonly FileStream old;
    private readonly string path;
    private readonly long length;
    private readonly IAsyncEnumerator<KeptRow> kept;
    private bool more = true, begun, replaced;

    private MendedOutput(FileStream old, string path, FileStream file, ResumePoint point)
    {
        (this.old, this.path, length, File) = (old, path, point.Length, file);
        kept = KeptRow.ReadAsync(old.SafeFileHandle, point.Length).GetAsyncEnumerator();
    }

    /// <summary>Where rows are written, and further ones when it has taken the output's place.</summary>
    public FileStream File { get; }

    /// <exception cref="StartException">No file can be made beside the output.</exception>
    public static MendedOutput Open(FileStream old, string path, ResumePoint point)
    {
        // Of a link, the file that it leads to is replaced.
        var real = System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var file = (FileStream)OpenFile.Write("--resume: rows that failed are graded anew, for which a file beside the output is needed", real + Ending);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(file.SafeFileHandle, System.IO.File.GetUnixFileMode(old.SafeFileHandle));
        }

        return new(old, real, file, point);
    }

    /// <summary>The lines of the next row that was kept and stands before another; null where there is none.</summary>
    /// <exception cref="IOException">The output cannot be read.</exception>
    public async Task<IReadOnlyList<JsonElement>?> NextAsync(long before)
    {
        await BeginAsync();
        if (!more || kept.Current.Number >= before)
        {
            return null;
        }

        var lines = kept.Current.Lines;
        more = await kept.MoveNextAsync();
        return lines;
    }

    /// <summary>Passes over a row that was graded anew.</summary>
    public async Task PassAsync(long row)
    {
        await BeginAsync();
        if (more && kept.Current.Number == row)
        {
            more = await kept.MoveNextAsync();
        }
    }

    /// <summary>Copies what stands behind the rows that were kept, as it is: it is not whole, and nothing is there in its place.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public async Task CopyRestAsync()
    {
        old.Position = length;
        await old.CopyToAsync(File);
    }

    /// <summary>Takes the output's place, once every row is written.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Replace()
    {
        File.Flush(flushToDisk: true);
        System.IO.File.Move(File.Name, path, overwrite: true);
        replaced = true;
    }

    public async ValueTask DisposeAsync()
    {
        await kept.DisposeAsync();
        await File.DisposeAsync();
        await old.DisposeAsync();
        if (!replaced)
        {
            System.IO.File.Delete(path + Ending);
        }
    }

    private async Task BeginAsync()
    {
        if (!begun)
        {
            begun = true;
            more = await kept.MoveNextAsync();
        }
    }
}
