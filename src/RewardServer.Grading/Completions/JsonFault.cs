using System.Text.Json;

namespace RewardServer.Grading.Completions;

/// <summary>What is wrong with a piece of JSON, told by the member's path and without the names of our types.</summary>
/// <param name="Path">The member at fault: "items[3].task.kind"; empty for the whole.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record JsonFault(string Path, string Message)
{
    // Names come from the request: a page of them helps nobody.
    private const int LongestPath = 200;

    /// <summary>Reads the fault out of what the serializer threw; null where it is no fault of the JSON's.</summary>
    public static JsonFault? From(Exception exception) => exception switch
    {
        JsonException malformed => From(malformed),
        // What it throws for a polymorphic object without its discriminator.
        NotSupportedException unknown => From(unknown),
        _ => null,
    };

    /// <summary>Reads the fault out of what the serializer threw.</summary>
    public static JsonFault From(JsonException exception)
    {
        var path = Trim(exception.Path);
        var message = exception.Message;
        return Between(message, "missing required properties including: '", "'") is { } missing ? Of(Join(path, missing), "is required")
            : Between(message, "The JSON property '", "' could not be mapped to any .NET member") is { } unknown ? Of(Member(path, unknown), "is not a known member")
            : message.Contains("metadata propert", StringComparison.Ordinal) ? OfMetadata(path, message)
            : Between(message, "unrecognized type discriminator id '", "'. Path:") is { } kind ? Of(Join(path, "kind"), $"'{Cut(kind)}' is not a known kind")
            : Of(path, Words(exception));
    }

    // Of the discriminator, or of a member that begins as the framework's own do.
    private static JsonFault OfMetadata(string path, string message) => path[(path.LastIndexOf('.') + 1)..].StartsWith('$')
        ? Of(path, "is not a known member")
        : Of(Member(path, "kind"), message.Contains("duplicate", StringComparison.Ordinal) ? "stands twice" : "must be a text");

    private static JsonFault From(NotSupportedException exception)
    {
        var from = exception.Message.LastIndexOf("Path: ", StringComparison.Ordinal);
        var path = from < 0 ? "" : exception.Message[(from + "Path: ".Length)..].Split(" |")[0];
        return Of(Join(Trim(path), "kind"), "is required");
    }

    private static JsonFault Of(string path, string message) => new(Cut(path), message);

    // What we throw ourselves is for people as it is; what the framework says names its types, but for faults of syntax.
    private static string Words(JsonException exception)
    {
        var message = exception.Message;
        return message.Contains("doesn't allow", StringComparison.Ordinal) && message.Contains(" null ", StringComparison.Ordinal) ? "must not be null"
            : message.StartsWith("Duplicate property", StringComparison.Ordinal) ? "stands twice"
            : exception.InnerException is JsonException or null && message.LastIndexOf(" Path: ", StringComparison.Ordinal) is var end
                && !message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
                && !message.Contains("RewardServer.", StringComparison.Ordinal)
                ? Cut(end < 0 ? message : message[..end])
            : "has the wrong type or value";
    }

    private static string? Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(after, start + before.Length, StringComparison.Ordinal);
        return end < 0 ? null : text[(start + before.Length)..end];
    }

    private static string Member(string path, string name) =>
        path.EndsWith(name, StringComparison.Ordinal) || path.EndsWith($"['{name}']", StringComparison.Ordinal) ? path : Join(path, name);

    private static string Cut(string text) => text.Length <= LongestPath ? text : $"{text[..LongestPath]}…";

    private static string Trim(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
