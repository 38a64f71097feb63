namespace RewardServer.Training.Problems.Writing;

/// <summary>How a text that a base model is pretrained on is written.</summary>
internal enum Manner
{
    /// <summary>Reasoned step by step to the end, and right.</summary>
    Careful,

    /// <summary>Not reasoned: an answer that is near, and mostly wrong.</summary>
    Guess,

    /// <summary>Reasoned, with a slip or without patience, and wrong.</summary>
    Slip,

    /// <summary>Without an answer, or without the tags that close.</summary>
    Unfinished,
}
