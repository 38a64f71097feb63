using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Rubrics;
using RewardServer.Tests.Http;
using Outcome = RewardServer.Grading.Graders.Outcome;

namespace RewardServer.Tests.Scripts;

/// <summary>What holds of the grader "custom" for whatever a script gives, and whatever it is given.</summary>
public sealed class ScriptProperties(RunningServer server)
{
    private static readonly Gen<double> Numbers = Gen.OneOf(
        ArbMap.Default.GeneratorFor<double>(), ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get), Gen.Choose(-4000, 6000).Select(thousandths => thousandths / 1000.0));

    private static readonly Gen<string> Texts = Gen.Elements(
        "<think>", "</think>", "<answer>", "\\boxed{5}", "\n", "\r\n", " ", "\t", "\0", "\u001b", "\"", "\\", "{", "}", "a", "B", "ß", "等", "ก", "\u200b", "\u0301", "\ufeff", "\uffff",
        "\ud83d\ude00", "\ud83d", "\ude00", "𠀀", "return 1;", "\u2028").ArrayOf().Select(string.Concat);

    [Fact]
    public async Task A_number_within_the_range_is_the_score_any_other_fails_the_component_and_the_same_comes_again()
    {
        await using var scripts = await RunningScripts.StartAsync(
            server.Sandbox, ("echo", "return double.Parse(Completion.Text, CultureInfo.InvariantCulture);", new() { Low = -3, High = 5, MemoryMb = 64, Processes = 1 }));
        Holds(Numbers.ListOf(), numbers =>
        {
            string[] written = [.. numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];
            var (first, second) = (Grade(scripts, "echo", written), Grade(scripts, "echo", written));
            return first.Select(Written).SequenceEqual(second.Select(Written)) && first.Zip(numbers).All(pair => pair.Second is >= -3 and <= 5
                ? pair.First.Outcome == Outcome.Scored && pair.First.Score!.Value.Equals(pair.Second)
                : pair.First is { Outcome: Outcome.Failed, Score: null });
        });
    }

    [Fact]
    public async Task Any_text_reaches_the_script_half_characters_apart_and_earns_the_same_again()
    {
        // So that the longer of two earns no less; and what it saw is told by its characters' numbers.
        const string Script = "return (Completion.Text.Length / (1.0 + Completion.Text.Length), string.Join(' ', Completion.Text.Select(letter => (int)letter)));";
        await using var scripts = await RunningScripts.StartAsync(server.Sandbox, ("length", Script, new() { MemoryMb = 64, Processes = 1 }));
        Holds(Texts.ListOf(), texts =>
        {
            var (first, second) = (Grade(scripts, "length", [.. texts]), Grade(scripts, "length", [.. texts]));
            var scores = first.Zip(texts).OrderBy(pair => pair.Second.Length).Select(pair => pair.First.Score).ToArray();
            return first.Select(Written).SequenceEqual(second.Select(Written)) && scores.SequenceEqual(scores.Order())
                && first.Zip(texts).All(pair => pair.First is { Outcome: Outcome.Scored, Score: >= 0 and <= 1 } && SawAll(pair.First.Reason, pair.Second));
        });
    }

    // Half a character is replaced, as where items are read. An empty reason is another one, and of a long one only its beginning is kept.
    private static bool SawAll(string reason, string text)
    {
        var all = string.Join(' ', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Select(letter => (int)letter));
        return text.Length == 0 || reason == all || (all.Length > ScriptAnswer.MostReason && all.StartsWith(reason[..900], StringComparison.Ordinal));
    }

    private static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(20).WithReplay(2026, 1129));

    private static string Written(GradedComponent found) => JsonSerializer.Serialize(found, ItemJson.Options);

    private static GradedComponent[] Grade(RunningScripts scripts, string script, string[] completions)
    {
        var graded = scripts.GradeAsync(RunningScripts.Rubric(script), [.. completions.Select(text => RunningScripts.Item(text) with { Anew = true })], CancellationToken.None);
        return [.. graded.GetAwaiter().GetResult().Select(item => item.Components[0])];
    }
}
