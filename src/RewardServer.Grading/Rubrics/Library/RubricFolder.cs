using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Library;

/// <summary>
/// The owner's folder of rubrics. A file that changes is read again; one that is then wrong keeps its last good rubric, and the folder says
/// what is wrong with it.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="compiler">What makes its rubrics' graders.</param>
internal sealed class RubricFolder(string path, RubricCompiler compiler)
{
    private ImmutableSortedDictionary<string, Entry> entries = ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal);
    private string? unreadable;

    /// <summary>The rubrics, each with the name of its file, in the order of those.</summary>
    public IEnumerable<(string File, Rubric Rubric)> Rubrics =>
        entries.Where(entry => entry.Value.Rubric is not null).Select(entry => (entry.Key, entry.Value.Rubric!));

    /// <summary>Files that are wrong now, in the order of their names.</summary>
    public IEnumerable<RubricProblem> Problems =>
        entries.Where(entry => !entry.Value.Errors.IsEmpty)
            .Select(entry => new RubricProblem(entry.Key, entry.Value.Rubric is not null, entry.Value.Errors))
            .Concat(unreadable is null ? [] : [new RubricProblem("", !entries.IsEmpty, [new("", unreadable)])]);

    /// <summary>Reads what is new or has changed since the last time, and forgets what is gone.</summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Read()
    {
        FileInfo[] files;
        try
        {
            files = [.. new DirectoryInfo(path).EnumerateFiles().Where(file => RubricFile.Endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var isNew = unreadable != exception.Message;
            unreadable = exception.Message;
            return isNew;
        }

        var before = entries;
        var changed = unreadable is not null;
        unreadable = null;
        entries = files.ToImmutableSortedDictionary(file => file.Name, file => Read(file, before.GetValueOrDefault(file.Name)), StringComparer.Ordinal);
        return changed || entries.Count != before.Count || entries.Any(entry => before.GetValueOrDefault(entry.Key) != entry.Value);
    }

    private Entry Read(FileInfo file, Entry? before)
    {
        var stamp = Stamp.Of(file);
        if (before?.Stamp == stamp)
        {
            return before;
        }

        var (rubric, errors) = RubricFile.Compile(file.FullName, compiler);
        return new(stamp, rubric ?? before?.Rubric, errors);
    }

    // By reference, so that a file read again is told from one that was not.
    private sealed class Entry(Stamp stamp, Rubric? rubric, ImmutableArray<RubricError> errors)
    {
        public Stamp Stamp { get; } = stamp;

        public Rubric? Rubric { get; } = rubric;

        public ImmutableArray<RubricError> Errors { get; } = errors;
    }

    private sealed record Stamp(DateTime Written, long Length)
    {
        // A file that vanishes between the listing and the look at it is read, and then told as such.
        public static Stamp Of(FileInfo file) => file.Exists ? new(file.LastWriteTimeUtc, file.Length) : new(default, -1);
    }
}

/// <summary>A file of rubrics that is wrong.</summary>
/// <param name="File">Its name within the folder; empty where the folder itself cannot be read.</param>
/// <param name="KeepsOld">Whether what it held before is still used.</param>
/// <param name="Errors">What is wrong.</param>
public sealed record RubricProblem(string File, bool KeepsOld, ImmutableArray<RubricError> Errors);
