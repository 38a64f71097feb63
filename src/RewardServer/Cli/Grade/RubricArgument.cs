using System.Text.Json;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Hosting;

namespace RewardServer.Cli.Grade;

/// <summary>Finds the rubric that an argument means: a name, a file, or JSON itself.</summary>
internal static class RubricArgument
{
    /// <exception cref="StartException">There is no such rubric, or it is wrong.</exception>
    public static Rubric Resolve(string argument, RubricCompiler compiler, string? folder)
    {
        var library = RubricProblems.Checked(new RubricLibrary(compiler, folder));
        if (library.Find(argument) is { } known)
        {
            return known;
        }

        var inline = argument.TrimStart().StartsWith('{');
        if (!inline && !File.Exists(argument))
        {
            throw new StartException([$"--rubric: no such file, and {library.WhyNot(argument)}"]);
        }

        var (rubric, errors) = inline ? compiler.Compile(Parse(argument)) : RubricFile.Compile(argument, compiler);
        return rubric ?? throw new StartException([.. errors.Select(error => $"--rubric: {error.Path} {error.Message}")]);
    }

    /// <summary>What a server is asked for: JSON itself, what a file says, or else a name that the server may know.</summary>
    /// <exception cref="StartException">The JSON or the file is wrong.</exception>
    public static JsonElement ForServer(string argument)
    {
        if (argument.TrimStart().StartsWith('{'))
        {
            return Parse(argument);
        }

        if (!File.Exists(argument))
        {
            return JsonSerializer.SerializeToElement(argument);
        }

        var (definition, errors) = RubricFile.Read(argument);
        return definition ?? throw new StartException([.. errors.Select(error => $"--rubric: {error.Path} {error.Message}")]);
    }

    private static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new StartException([$"--rubric: {exception.Message}"]);
        }
    }
}
