using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Language;

namespace RewardServer.Benchmarks;

/// <summary>How far the shares that the grader "language" gives are from those in which sentences were mixed.</summary>
internal static class LanguageBenchmark
{
    private const int Passages = 600;
    private const double Far = 0.05;

    public static async Task RunAsync()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "LanguageSentences.txt");
        await LanguageSpeed.RunAsync(new(file, half: 1));
        await MeasureAsync("tuning", new(file, half: 0), halves: false, pairs: false);
        await MeasureAsync("report", new(file, half: 1), halves: false, pairs: true);
        await MeasureAsync("report, halves of sentences without a stop between them", new(file, half: 1), halves: true, pairs: false);
    }

    private static async Task MeasureAsync(string name, LanguagePassages passages, bool halves, bool pairs)
    {
        ImmutableArray<string> languages = [.. passages.Languages];
        var errors = new List<(MixedPassage Passage, double Error)>();
        var asked = 0;
        for (var i = 0; i < Passages; i++)
        {
            var passage = passages.Next(halves);
            var score = (await GradeAsync(passage, new() { Languages = languages, Target = passage.Target })).Score!.Value;
            errors.Add((passage, score - passage.Share));
            var byPrompt = await GradeAsync(passage, new() { Languages = languages });
            asked += byPrompt.Details is LanguageDetails details && details.Target == passage.Target ? 1 : 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {name}: {Passages} passages, mean absolute error {Mean(errors):F4}, {errors.Count(at => Math.Abs(at.Error) > Far)} off by more than {Far}, the farthest by {errors.Max(at => Math.Abs(at.Error)):F3}
              with at most one Latin-script language {Mean(errors.Where(at => !LatinPair(at.Passage))):F4}, with several {Mean(errors.Where(at => LatinPair(at.Passage))):F4}; the target is found by the prompt in {asked}
            """));
        if (pairs)
        {
            Table(errors, passages.Languages);
        }
    }

    private static async Task<Verdict> GradeAsync(MixedPassage passage, LanguageOptions options)
    {
        var item = new Item { Id = "1", Prompt = passage.Question, Completion = $"<think>{passage.Text}</think>", Task = new MathTask("1") };
        return await new LanguageGrader(new ThinkTags(), options.Checked()).GradeAsync(item, Verdicts.None, CancellationToken.None);
    }

    // One row a target, one column a language that it is mixed with.
    private static void Table(List<(MixedPassage Passage, double Error)> errors, IReadOnlyList<string> languages)
    {
        Console.WriteLine($"  {"target",-8}{"all",-7}{string.Concat(languages.Select(other => $"{other,-8}"))}");
        foreach (var target in languages)
        {
            var row = errors.Where(at => at.Passage.Target == target).ToList();
            var cells = languages.Select(other => row.Where(at => at.Passage.Others.Contains(other)).ToList())
                .Select(cell => cell.Count == 0 ? $"{"-",-8}" : string.Create(CultureInfo.InvariantCulture, $"{Mean(cell),-8:F3}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {target,-8}{Mean(row),-7:F3}{string.Concat(cells)}"));
        }
    }

    private static bool LatinPair(MixedPassage passage) =>
        new[] { passage.Target }.Concat(passage.Others).Count(tag => tag is "en" or "de" or "fr" or "es" or "it" or "pt") > 1;

    private static double Mean(IEnumerable<(MixedPassage Passage, double Error)> errors) =>
        errors.Select(at => Math.Abs(at.Error)).DefaultIfEmpty().Average();
}
