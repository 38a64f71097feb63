using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>The program finds files and must leave files.</summary>
/// <param name="Files">The files that stand beside the program, by their paths.</param>
/// <param name="Outputs">What must be in the files that it leaves, by their paths; at least one.</param>
/// <param name="Stdin">What it reads from standard input.</param>
/// <param name="Stdout">What it must print; not looked at where silent.</param>
/// <param name="Checker">How contents are compared; the task's checker where silent, else by lines. Bytes that are no text must be equal.</param>
public sealed record FilesTest(
    ImmutableDictionary<string, TextOrBytes> Files,
    ImmutableDictionary<string, TextOrBytes> Outputs,
    [property: JsonConverter(typeof(LenientTextConverter))] string Stdin = "",
    AcceptedTexts? Stdout = null,
    Checker? Checker = null) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "files";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Bytes(Stdin) + Files.Sum(file => Bytes(file.Key) + file.Value.Bytes.Length);

    /// <summary>The most files that it can leave and be asked for.</summary>
    public const int MostOutputs = 64;

    /// <summary>The most files that stand beside the program.</summary>
    public const int MostFiles = 1000;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors() =>
        base.Errors().Concat(Checker?.Errors("checker") ?? []).Concat(OfNumbers()).Concat(OfPaths("files", Files)).Concat(OfPaths("outputs", Outputs));

    private IEnumerable<(string Member, string Error)> OfNumbers()
    {
        if (Files.Count > MostFiles)
        {
            yield return ("files", $"must be at most {MostFiles}");
        }

        if (Outputs.Count is < 1 or > MostOutputs)
        {
            yield return ("outputs", $"must be from 1 to {MostOutputs}");
        }
    }

    private IEnumerable<(string Member, string Error)> OfPaths(string member, ImmutableDictionary<string, TextOrBytes> files)
    {
        var paths = files.Keys.Order(StringComparer.Ordinal).ToList();
        foreach (var path in paths)
        {
            if (files[path] is null)
            {
                yield return ($"{member}[{FilePath.Shown(path)}]", "must not be null");
            }

            if (FilePath.Fault(path, isGiven: ReferenceEquals(files, Files)) is { } fault)
            {
                yield return ($"{member}[{FilePath.Shown(path)}]", fault);
            }
        }

        var all = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var path in paths.Where(path => FilePath.Fault(path, isGiven: false) is null && Enumerable.Range(0, path.Length).Any(at => path[at] == '/' && all.Contains(path[..at]))))
        {
            yield return ($"{member}[{FilePath.Shown(path)}]", "stands in a folder that is another file");
        }
    }
}
