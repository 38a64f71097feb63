using System.Text;

namespace RewardServer.Training.Reporting;

/// <summary>
/// The file <c>metrics.jsonl</c>: one line of JSON a step, in camelCase, appended and flushed as soon as the step is done. Numbers that are none
/// are written as the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream file;

    private MetricsLog(FileStream file) => this.file = file;

    /// <summary>Begins a file, or goes on with one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resumed">Where the run goes on: the lines of later steps are cut off, and a last line that was broken off. Null to begin: a file that is there is emptied.</param>
    /// <exception cref="InvalidDataException">A line is no step; the message names it. Nothing is changed then.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static MetricsLog Open(string path, RunPoint? resumed = null)
    {
        var kept = resumed is { } point && File.Exists(path) ? Kept(path, point) : 0;
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(kept);
        file.Seek(0, SeekOrigin.End);
        return new(file);
    }

    /// <summary>Appends a step.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(StepMetrics step)
    {
        // One write, so that a reader beside us sees whole lines.
        file.Write(Encoding.UTF8.GetBytes(MetricsLine.Write(step) + "\n"));
        file.Flush();
    }

    /// <summary>Reads a file, a last line that was broken off left out.</summary>
    /// <exception cref="InvalidDataException">A line is no step; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<StepMetrics> Read(string path) => [.. Lines(path).Select(line => line.Step)];

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static long Kept(string path, RunPoint point) =>
        Lines(path).TakeWhile(line => point.Includes(line.Step)).Select(line => line.End).LastOrDefault();

    private static IEnumerable<(StepMetrics Step, long End)> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (start, number) = (0, 0);
        while (Array.IndexOf(bytes, (byte)'\n', start) is >= 0 and var end)
        {
            yield return (MetricsLine.Read(bytes.AsSpan(start, end - start), path, ++number), end + 1);
            start = end + 1;
        }
    }
}
