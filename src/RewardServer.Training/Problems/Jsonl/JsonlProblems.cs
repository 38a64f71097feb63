using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Training.Problems.Jsonl;

/// <summary>Problems of a file of one's own, a line each. A question belongs to its part wherever it stands, and in every file.</summary>
internal sealed class JsonlProblems : IProblemKind
{
    // As many as a person reads.
    private const int MostErrors = 50;

    private readonly string path;
    private readonly ILookup<Split, JsonlLine> parts;
    private readonly Dictionary<string, JsonlLine> lines;

    private JsonlProblems(JsonlOptions options, List<JsonlLine> read)
    {
        (path, Name) = (options.Path, options.Name ?? Path.GetFileNameWithoutExtension(options.Path));
        // A question that stands twice is one problem.
        lines = read.DistinctBy(line => line.Question).ToDictionary(line => line.Question);
        parts = lines.Values.ToLookup(line => Splits.Of(line.Question, options.Pretraining));
        HasTexts = lines.Values.All(line => line.Solution is not null);
        var texts = lines.Values.Select(line => line.Question + line.Solution).ToArray();
        Alphabet = string.Concat(string.Concat(texts).Distinct().Order());
        Longest = texts.Max(text => text.Length);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Alphabet { get; }

    /// <inheritdoc/>
    public int Longest { get; }

    /// <inheritdoc/>
    public bool HasTexts { get; }

    /// <summary>Reads the file, or says all that is wrong with it.</summary>
    /// <returns>The kind, or null with at least one error.</returns>
    public static (IProblemKind? Kind, ImmutableArray<ProblemError> Errors) Read(JsonlOptions options)
    {
        try
        {
            var (lines, errors) = Read(File.ReadLines(options.Path));
            if (!errors.IsEmpty)
            {
                return (null, [.. errors.Take(MostErrors).Append($"and {errors.Length - MostErrors} lines more").Take(errors.Length)
                    .Select(error => new ProblemError("path", $"{options.Path}, {error}"))]);
            }

            var problems = lines.Count == 0 ? null : new JsonlProblems(options, lines);
            Split[] needed = options.Pretraining > 0 ? Enum.GetValues<Split>() : [Split.Reinforcement, Split.HeldOut];
            var empty = needed.Where(split => problems is null || problems.Count(split) == 0).ToArray();
            return empty.Length == 0
                ? (problems, [])
                : (null, [new("path", $"{options.Path} has {problems?.lines.Count ?? 0} questions, of which none falls to {string.Join(", ", empty)}: add some")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, [new("path", $"cannot be read: {exception.Message}")]);
        }
    }

    /// <inheritdoc/>
    public int Count(Split split) => parts[split].Count();

    /// <inheritdoc/>
    public Problem Draw(Split split, Random random)
    {
        var count = Count(split);
        return count > 0 && parts[split].ElementAt(random.Next(count)) is { } line
            ? new(Name, line.Question, line.Task)
            : throw new InvalidOperationException($"no question of {path} is in the part {split}");
    }

    /// <inheritdoc/>
    public string Written(Problem problem, Random random) =>
        lines[problem.Question].Solution?.ToString()
            ?? throw new NotSupportedException($"the questions of {path} come with tasks, not answers: there is nothing to pretrain on");

    private static (List<JsonlLine> Lines, ImmutableArray<string> Errors) Read(IEnumerable<string> texts)
    {
        var (lines, errors) = (new List<JsonlLine>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (index, text) in texts.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            try
            {
                lines.Add(JsonlLine.Read(text));
            }
            // Half a surrogate pair is JSON, but no text.
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                errors.Add($"line {index + 1}: {exception.Message}");
            }
        }

        return (lines, errors.ToImmutable());
    }
}
