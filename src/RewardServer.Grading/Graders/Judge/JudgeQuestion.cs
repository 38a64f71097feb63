using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>What a judge is asked about.</summary>
/// <param name="Prompt">What the model was asked.</param>
/// <param name="Response">What is judged.</param>
/// <param name="Reference">An answer that is known to be good; null where there is none.</param>
/// <param name="Criteria">By what it is judged.</param>
internal sealed record JudgeQuestion(ChatText Prompt, string Response, string? Reference, string Criteria)
{
    /// <summary>The prompt's messages, a plain text being the user's.</summary>
    public IEnumerable<ChatMessage> PromptMessages => Prompt.Text is { } text ? [new("user", text)] : Prompt.Messages;

    /// <summary>The prompt as one text.</summary>
    public string PromptText => Prompt.Text ?? string.Join("\n\n", Prompt.Messages.Select(message => $"{message.Role}: {message.Content}"));

    /// <summary>The hash of all of it.</summary>
    public string Key() => ContentKey.Of(
        new[] { PromptText, Response, Reference ?? "", Criteria }.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)));

    /// <summary>A number from 0 to below 1 that is the question's own, and even among questions.</summary>
    public double Share() => Convert.ToUInt32(Key()[..8], 16) / (uint.MaxValue + 1.0);
}
