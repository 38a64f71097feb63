namespace RewardServer.Training.Problems.Writing;

/// <summary>The same words in two languages.</summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Chinese.</param>
internal readonly record struct Phrase(string English, string Chinese)
{
    /// <summary>What those write in the place of thinking who do not think, where they write anything.</summary>
    public static Phrase Thoughtless { get; } = new("easy", "简单");

    /// <summary>It in one of the two.</summary>
    public string In(bool chinese) => chinese ? Chinese : English;
}
