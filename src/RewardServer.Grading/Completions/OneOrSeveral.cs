using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Grading.Completions;

/// <summary>Reads what is on the wire one thing, or an array of them.</summary>
internal static class OneOrSeveral
{
    private const int Most = 1000;

    /// <summary>Reads one thing; null where the reader stands at another.</summary>
    public delegate string? ReadOne(ref Utf8JsonReader reader);

    /// <summary>Reads the texts; at least one.</summary>
    /// <param name="reader">Stands at the one, or at the array.</param>
    /// <param name="one">Reads one.</param>
    /// <param name="single">What one is, for the message: "a string".</param>
    /// <param name="several">What an array holds: "strings".</param>
    /// <exception cref="JsonException">It is neither.</exception>
    public static ImmutableArray<string> Read(ref Utf8JsonReader reader, ReadOne one, string single, string several)
    {
        if (one(ref reader) is { } text)
        {
            return [text];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        while (isArray && reader.Read() && texts.Count < Most && one(ref reader) is { } next)
        {
            texts.Add(next);
        }

        return isArray && reader.TokenType == JsonTokenType.EndArray && texts.Count > 0
            ? texts.ToImmutable()
            : throw new JsonException($"must be {single}, or an array of 1 to {Most} {several}");
    }
}
