using System.Text.Json;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Completions;

/// <summary>What is wrong with a piece of JSON, told by the member's path and without the names of our types.</summary>
/// <param name="Path">The member at fault: "items[3].task.kind"; empty for the whole.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed partial record JsonFault(string Path, string Message)
{
    /// <summary>Reads the fault out of what the serializer threw.</summary>
    public static JsonFault From(JsonException exception)
    {
        var path = Trim(exception.Path);
        var message = exception.Message;
        if (MissingMember().Match(message) is { Success: true } missing)
        {
            return new(Join(path, missing.Groups[1].Value), "is required");
        }

        if (UnknownMember().Match(message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            return new(path.EndsWith(name, StringComparison.Ordinal) ? path : Join(path, name), "is not a known member");
        }

        if (UnknownKind().Match(message) is { Success: true } kind)
        {
            return new(Join(path, "kind"), $"'{kind.Groups[1].Value}' is not a known kind");
        }

        return new(path, Words(message));
    }

    /// <summary>Reads the fault out of what the serializer threw for a polymorphic object without its <c>kind</c>.</summary>
    public static JsonFault From(NotSupportedException exception) =>
        new(Join(Trim(PathInMessage().Match(exception.Message).Groups[1].Value), "kind"), "is required");

    private static string Words(string message) =>
        message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? "has the wrong type or value"
            : message.Contains("doesn't allow setting null values", StringComparison.Ordinal) ? "must not be null"
            : message.StartsWith("Duplicate property", StringComparison.Ordinal) ? "stands twice"
            : Position().Replace(message, "");

    private static string Trim(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    [GeneratedRegex(@"missing required properties including: '([^']+)'")]
    private static partial Regex MissingMember();

    [GeneratedRegex(@"The JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"unrecognized type discriminator id '([^']*)'")]
    private static partial Regex UnknownKind();

    [GeneratedRegex(@"Path: (\S+)")]
    private static partial Regex PathInMessage();

    [GeneratedRegex(@" ?Path: \S+ \|.*$")]
    private static partial Regex Position();
}
