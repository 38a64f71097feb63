using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Sets.Tests;

/// <summary>Where in a request a label's fault is, and what a text of it holds.</summary>
public static class JsonPaths
{
    /// <summary>A path that goes on below another.</summary>
    public static string Below(string path, string member) =>
        path.Length == 0 || member.Length == 0 || member[0] == '[' ? path + member : $"{path}.{member}";

    /// <summary>What was read of a member, with its fault's path from the owner.</summary>
    public static (GradingTask? Task, (string Path, string Message)? Error) Below(
        string path, (GradingTask? Task, (string Path, string Message)? Error) read) =>
        read.Error is { } error ? (null, (Below(path, error.Path), error.Message)) : read;

    /// <summary>The value that a text holds as JSON; null where it holds none.</summary>
    public static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A value, or that which its text holds as JSON; null where it holds none.</summary>
    /// <exception cref="InvalidOperationException">The text is no Unicode: half of a character.</exception>
    public static JsonElement? Parsed(JsonElement value) => value.ValueKind == JsonValueKind.String ? Parsed(value.GetString()!) : value;
}
