namespace RewardServer.Grading.Extraction;

/// <summary>The tags between which a completion thinks and answers. Part of a rubric.</summary>
public sealed record ThinkTags
{
    /// <summary>Opens the thinking.</summary>
    public string ThinkOpen { get; init; } = "<think>";

    /// <summary>Closes the thinking.</summary>
    public string ThinkClose { get; init; } = "</think>";

    /// <summary>Opens the answer.</summary>
    public string AnswerOpen { get; init; } = "<answer>";

    /// <summary>Closes the answer.</summary>
    public string AnswerClose { get; init; } = "</answer>";

    /// <summary>Whether the prompt opened the thinking, so that the completion must not open it again.</summary>
    public OpenedInPrompt OpenedInPrompt { get; init; } = OpenedInPrompt.Detect;

    /// <summary>Whether the thinking of an item was opened by its prompt.</summary>
    /// <param name="promptEnd">The last text of the prompt; null where it has none.</param>
    public bool OpenedBy(string? promptEnd) => OpenedInPrompt switch
    {
        OpenedInPrompt.Always => true,
        OpenedInPrompt.Never => false,
        _ => promptEnd is not null && promptEnd.AsSpan().TrimEnd().EndsWith(ThinkOpen, StringComparison.Ordinal),
    };

    /// <summary>What is wrong with the tags; empty where nothing is.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        (string Member, string Tag)[] all =
            [("thinkOpen", ThinkOpen), ("thinkClose", ThinkClose), ("answerOpen", AnswerOpen), ("answerClose", AnswerClose)];
        foreach (var (member, tag) in all)
        {
            if (string.IsNullOrWhiteSpace(tag))
            {
                yield return (member, "must not be empty");
            }
            else if (all.Any(other => other.Member != member && other.Tag.Contains(tag, StringComparison.Ordinal)))
            {
                yield return (member, $"'{tag}' stands inside another tag, so that the two cannot be told apart");
            }
        }
    }
}

/// <summary>How it is known whether a chat template opened the thinking at the end of the prompt.</summary>
public enum OpenedInPrompt
{
    /// <summary>The prompt's text ends with the opening tag.</summary>
    Detect,

    /// <summary>It always did: the template adds the tag after the messages that the caller sends.</summary>
    Always,

    /// <summary>It never did.</summary>
    Never,
}
