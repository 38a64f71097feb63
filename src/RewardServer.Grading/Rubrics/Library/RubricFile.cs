using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Grading.Rubrics.Library;

/// <summary>Reads a rubric from a file: JSON, or YAML where its name ends in .yaml or .yml.</summary>
public static class RubricFile
{
    // No rubric that a person writes comes near.
    private const long LargestBytes = 1 << 20;

    /// <summary>How the names of rubric files end.</summary>
    public static ImmutableArray<string> Endings { get; } = [".json", ".yaml", ".yml"];

    /// <summary>Reads and compiles a file. A rubric that has no name of its own is called as the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compiler">What makes its graders.</param>
    /// <returns>The rubric, or null with at least one error. A file that cannot be read is such an error.</returns>
    public static (Rubric? Rubric, ImmutableArray<RubricError> Errors) Compile(string path, RubricCompiler compiler)
    {
        var (definition, errors) = Read(path);
        return definition is { } read ? compiler.Compile(read) : (null, errors);
    }

    /// <summary>Reads a file, without a look at what the rubric says. A rubric that has no name of its own is called as the file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rubric as JSON, or null with at least one error. A file that cannot be read is such an error.</returns>
    public static (JsonElement? Definition, ImmutableArray<RubricError> Errors) Read(string path)
    {
        try
        {
            return new FileInfo(path).Length > LargestBytes
                ? (null, [new("", $"is larger than {LargestBytes >> 10} KiB")])
                : Read(File.ReadAllText(path), Path.GetExtension(path), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, [new("", exception.Message)]);
        }
    }

    /// <summary>Compiles a built-in rubric or the text of a file.</summary>
    internal static (Rubric? Rubric, ImmutableArray<RubricError> Errors) Compile(string text, string ending, string name, RubricCompiler compiler)
    {
        var (definition, errors) = Read(text, ending, name);
        return definition is { } read ? compiler.Compile(read) : (null, errors);
    }

    private static (JsonElement? Definition, ImmutableArray<RubricError> Errors) Read(string text, string ending, string name)
    {
        try
        {
            var json = ending.Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? JsonNode.Parse(text, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false })
                : YamlJson.Read(text);
            if (json is JsonObject definition && !definition.ContainsKey("name"))
            {
                definition["name"] = name;
            }

            return json is null ? (null, [new("", "is empty")]) : (JsonSerializer.SerializeToElement(json), []);
        }
        catch (JsonException exception)
        {
            return (null, [new("", exception.Message)]);
        }
    }
}
