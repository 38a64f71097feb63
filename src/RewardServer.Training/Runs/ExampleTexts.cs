using System.Globalization;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Runs;

/// <summary>The lines of what a recipe names to learn from.</summary>
internal static class ExampleTexts
{
    /// <summary>Lines that are not empty, each with where it stands.</summary>
    /// <param name="file">A file; a folder, whose <c>*.jsonl</c> are read in the order of their names; <c>builtin:NAME</c>; or <c>stage:NAME</c>.</param>
    /// <param name="stages">Where earlier stages are.</param>
    /// <param name="errors">What cannot be read is told there.</param>
    public static IEnumerable<(string Place, string Text)> Of(string file, StageFolders stages, ICollection<string> errors) => Sources(file, stages, errors).SelectMany(source =>
        source.Lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => (string.Create(CultureInfo.InvariantCulture, $"{source.Name}, line {line.Index + 1}"), line.Item)));

    private static List<(string Name, IEnumerable<string> Lines)> Sources(string file, StageFolders stages, ICollection<string> errors)
    {
        if (BuiltInExamples.Named(file) is { } name)
        {
            return [(file, BuiltInExamples.Lines(name))];
        }

        try
        {
            var path = stages.Samples(file);
            string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal)] : [path];
            if (files.Length == 0)
            {
                errors.Add($"{path}: there are no files *.jsonl in it");
            }

            // Whole, so that what cannot be read is told here.
            return [.. files.Select(one => (one, (IEnumerable<string>)File.ReadAllLines(one)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(exception.Message);
            return [];
        }
    }
}
