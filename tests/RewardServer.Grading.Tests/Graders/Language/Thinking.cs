using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Language;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Language;

/// <summary>Grades what somebody thought by the grader "language".</summary>
internal static class Thinking
{
    /// <summary>An item whose completion thinks a text.</summary>
    public static Item Of(string thinking, string prompt = "?") => Items.Math($"<think>{thinking}</think><answer>5</answer>", "5", prompt);

    public static Task<GradedComponent> GradeAsync(SharedSandbox sandbox, Item item, string options) =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"language","options":{{options}}}""", item);

    /// <summary>How many words of a text are of a language, and how many there are.</summary>
    /// <param name="sandbox">The sandbox of the compiler.</param>
    /// <param name="text">What is thought.</param>
    /// <param name="target">The language.</param>
    /// <param name="languages">The languages that are configured.</param>
    public static async Task<(int Target, int All)> CountAsync(SharedSandbox sandbox, string text, string target, params string[] languages)
    {
        var options = JsonSerializer.Serialize(new { target, languages });
        var details = (LanguageDetails)(await GradeAsync(sandbox, Of(text), options)).Details!;
        return (details.TargetWords, details.Words);
    }
}
