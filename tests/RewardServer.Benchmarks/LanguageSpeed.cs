using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Language;

namespace RewardServer.Benchmarks;

/// <summary>What the grader "language" costs: Lingua's models, and completions of about 4,000 tokens a second on one core.</summary>
internal static class LanguageSpeed
{
    private const int Rounds = 7;

    // Characters of 4,000 tokens.
    private const int Alphabetic = 16_000, Ideographic = 6_000;

    public static async Task RunAsync(LanguagePassages passages)
    {
        await LoadAsync(["en", "de", "fr", "es", "it", "pt"], passages);
        await LoadAsync(["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "nb", "fi", "hu", "ro", "tr", "vi", "id"], passages);
        await RateAsync("English, by script", Text(passages, Alphabetic, "en"), new() { Target = "en" });
        await RateAsync("Chinese, by script", Text(passages, Ideographic, "zh-Hans"), new() { Target = "zh" });
        await RateAsync("Chinese, English, Japanese and Russian, by script", Text(passages, (Alphabetic + Ideographic) / 2, "zh-Hans", "en", "ja", "ru"), new() { Target = "zh" });
        await RateAsync("German, one of 6 by Lingua", Text(passages, Alphabetic, "de"), new() { Target = "de", Languages = ["en", "de", "fr", "es", "it", "pt"] });
        await RateAsync("German, one of 2 by Lingua", Text(passages, Alphabetic, "de"), new() { Target = "de" });
    }

    private static async Task LoadAsync(ImmutableArray<string> languages, LanguagePassages passages)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var grader = new LanguageGrader(new ThinkTags(), new LanguageOptions { Target = "de", Languages = languages }.Checked());
        await grader.GradeAsync(ItemOf(passages.Of("de")[0]), Verdicts.None, CancellationToken.None);
        var first = clock.Elapsed;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(grader);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Lingua, {languages.Length} languages (those loaded before not again): first sentence after {first.TotalMilliseconds:F0} ms, {memory / 1048576.0:F1} MiB"));
    }

    private static async Task RateAsync(string name, string text, LanguageOptions options)
    {
        var grader = new LanguageGrader(new ThinkTags(), options.Checked());
        var item = ItemOf(text);
        var rates = new List<double>();
        long allocated = 0;
        // The first rounds warm up and are not counted.
        for (var round = -3; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (clock, count) = (Stopwatch.StartNew(), 0);
            for (; clock.Elapsed.TotalSeconds < 0.5; count++)
            {
                await grader.GradeAsync(item, Verdicts.None, CancellationToken.None);
            }

            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
            if (round >= 0)
            {
                rates.Add(count / clock.Elapsed.TotalSeconds);
            }
        }

        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {text.Length} characters, median {rates[Rounds / 2]:F0} completions/s (from {rates[0]:F0} to {rates[^1]:F0}), {allocated / 1024} KiB allocated each"));
    }

    private static Item ItemOf(string text) =>
        new() { Id = "1", Prompt = "?", Completion = $"<think>{text}</think><answer>1</answer>", Task = new MathTask("1") };

    private static string Text(LanguagePassages passages, int length, params string[] languages)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++)
        {
            var all = passages.Of(languages[i % languages.Length]);
            text.Append(all[i / languages.Length % all.Count]).Append(i % 5 == 0 ? " $x^2 + 1 = 5$\n" : " ");
        }

        return text.ToString();
    }
}
