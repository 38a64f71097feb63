using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>One completion with the task it answers: what is graded.</summary>
public sealed record Item
{
    /// <summary>The caller's name for it, echoed in the answer.</summary>
    public required string Id { get; init; }

    /// <summary>Items of one group are answers to one prompt; by default those whose prompts are equal.</summary>
    public string? Group { get; init; }

    /// <summary>What the model was asked: a text, or the messages of a chat.</summary>
    public required ChatText Prompt { get; init; }

    /// <summary>What the model wrote: a text, or messages, of which the last of the assistant's counts.</summary>
    public required ChatText Completion { get; init; }

    /// <summary>Tokens in the completion, as the caller's tokenizer counts them.</summary>
    public int? CompletionTokens { get; init; }

    /// <summary>Whether the completion was cut off by the trainer's length limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>Anything of the caller's; echoed, never read.</summary>
    [JsonConverter(typeof(EchoedJsonConverter))]
    public JsonElement? Meta { get; init; }

    /// <summary>Whether it is graded anew even where the same answer to the same task was graded before: the wish of a call, not of the item.</summary>
    [JsonIgnore]
    public bool Anew { get; init; }

    /// <summary>What is needed to check the completion.</summary>
    public required GradingTask Task { get; init; }

    /// <summary>The text of the completion that graders read; null where a chat holds no message of the assistant.</summary>
    [JsonIgnore]
    public string? CompletionText => Completion.LastOf("assistant");

    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        if (CompletionTokens < 0)
        {
            yield return ("completionTokens", $"must not be negative, but is {CompletionTokens}");
        }

        foreach (var (member, error) in Task.MemberErrors())
        {
            yield return ($"task.{member}", error);
        }
    }
}
