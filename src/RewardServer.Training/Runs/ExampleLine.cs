using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Runs;

/// <summary>
/// A line of a file to learn from: what is asked, and a completion, or a chosen and a rejected one. What is asked is a <c>prompt</c>, read as it stands; a
/// <c>question</c>, or a <c>prompt</c> of messages, which the recipe's template makes a prompt of; or <c>messages</c>, the last of which is the completion. Other
/// members are not read.
/// </summary>
/// <param name="Prompt">The prompt as it stands; null where the template makes it.</param>
/// <param name="Messages">The messages that it is made of then.</param>
/// <param name="Completion">What is learned, or chosen.</param>
/// <param name="Rejected">What is not; empty where there are no pairs.</param>
internal sealed record ExampleLine(string? Prompt, ImmutableArray<ChatMessage> Messages, string Completion, string Rejected = "")
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="pairs">Whether it has a pair.</param>
    /// <exception cref="JsonException">It is no such line; the message says why.</exception>
    public static ExampleLine Read(string line, bool pairs)
    {
        using var document = JsonDocument.Parse(line, new() { AllowDuplicateProperties = false });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("must be an object");
        }

        return pairs ? Asked(root, Text(root, "chosen")) with { Rejected = Text(root, "rejected") }
            : root.TryGetProperty("messages", out var messages) ? Chat(Whole(messages, "messages"))
            : Asked(root, Text(root, "completion"));
    }

    private static ExampleLine Asked(JsonElement root, string completion) => (root.TryGetProperty("prompt", out var prompt), root.TryGetProperty("question", out var question)) switch
    {
        // What rejection sampling writes has both, and they mean the same.
        (true, _) when prompt.ValueKind == JsonValueKind.String => new(NotEmpty(prompt, "prompt"), [], completion),
        (true, _) => new(null, Whole(prompt, "prompt"), completion),
        (false, true) => new(null, [new("user", NotEmpty(question, "question"))], completion),
        _ => throw new JsonException("must have prompt, question or messages"),
    };

    private static ExampleLine Chat(ImmutableArray<ChatMessage> messages) => messages is [.. { Length: > 0 } before, { Role: "assistant", Content: { Length: > 0 } answer }]
        ? new(null, before, answer)
        : throw new JsonException("messages must end with the assistant's, and have one before it");

    // A text, which may be empty for one who ends at once, or a list of the one message of the assistant that it is.
    private static string Text(JsonElement root, string name) => !root.TryGetProperty(name, out var text) ? throw new JsonException($"must have {name}")
        : text.ValueKind == JsonValueKind.String ? text.GetString()!
        : text.ValueKind == JsonValueKind.Array && Whole(text, name) is [{ Role: "assistant", Content: { } content }] ? content
        : throw new JsonException($"{name} must be a text, or one message of the assistant");

    private static string NotEmpty(JsonElement text, string name) =>
        text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } read ? read : throw new JsonException($"{name} must be a text that is not empty");

    private static ImmutableArray<ChatMessage> Whole(JsonElement messages, string name)
    {
        try
        {
            return messages.ValueKind == JsonValueKind.Array && messages.Deserialize<ImmutableArray<ChatMessage>>(ItemJson.Options) is { Length: > 0 } read && read.All(message => message?.Content is not null)
                ? read
                : throw new JsonException("must be a list of messages with role and content");
        }
        catch (JsonException exception)
        {
            throw new JsonException($"{name}: {JsonFault.From(exception).Message}", exception);
        }
    }
}
