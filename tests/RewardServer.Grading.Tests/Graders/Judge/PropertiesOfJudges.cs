using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using Outcome = RewardServer.Grading.Graders.Outcome;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>What holds of the score whatever a judge gives, and whatever it is shown.</summary>
public sealed partial class PropertiesOfJudges(SharedSandbox sandbox)
{
    private static readonly Gen<double> Numbers = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get), Gen.Choose(-300, 300).Select(hundredths => hundredths / 100.0));

    public static TheoryData<string> Kinds => ["chat", "classify", "bradley-terry", "bradley-terry with a reference"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_is_given_more_never_earns_less_and_all_earn_from_0_to_1_and_the_same_again(string kind)
    {
        double[] given = [];
        await using var server = await JudgeServer.StartAsync((http, request) =>
            AnswerAsync(http, kind, Number().Match(request.Body.GetRawText()) is { Success: true } item ? given[int.Parse(item.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] : 0.25));
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = kind.Split(' ')[0], ScoreScale = [0, 1], MaxConcurrent = 2 });
        PropertiesOfText.Holds(
            (kind.StartsWith("bradley", StringComparison.Ordinal) ? Numbers : Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0)).ArrayOf(8),
            numbers =>
            {
                given = [.. numbers.Order()];
                var (first, second) = (Scores(judging, kind), Scores(judging, kind));
                return first.SequenceEqual(second) && first.SequenceEqual(first.Order()) && first.All(score => score is >= 0 and <= 1);
            },
            tests: 10);
    }

    [Fact]
    public async Task Whatever_text_is_judged_the_same_is_asked_and_the_same_earned_as_before()
    {
        // As good as its letters add up to.
        await using var server = await JudgeServer.StartAsync((http, request) => JudgeServer.SayAsync(http, $"Score: {1 + (request.Text.Sum(letter => letter) % 10)}"));
        using var judging = Judging.By(sandbox, server);
        PropertiesOfText.Holds(
            PropertiesOfText.Texts,
            text =>
            {
                var asked = server.Requests.Count;
                var item = Judging.Item(text) with { Anew = true };
                var (first, second) = (judging.GradeAsync(item).GetAwaiter().GetResult(), judging.GradeAsync(item).GetAwaiter().GetResult());
                var bodies = server.Requests.Skip(asked).Select(request => request.Body.GetRawText()).ToArray();
                return first is { Outcome: Outcome.Scored, Score: >= 0 and <= 1 }
                    && (first.Score, first.Reason, Shown(first)) == (second.Score, second.Reason, Shown(second)) && first.Signals.SequenceEqual(second.Signals)
                    && bodies is [] or [_, _] && bodies.Distinct().Count() <= 1;
            },
            tests: 60);
    }

    private static string Shown(GradedComponent graded) => graded.Details is JudgeDetails details ? $"{string.Join(' ', details.Samples)} {details.Reply}" : "";

    private static Task AnswerAsync(HttpContext http, string kind, double number)
    {
        var written = number.ToString("R", CultureInfo.InvariantCulture);
        return kind switch
        {
            "chat" => JudgeServer.SayAsync(http, $"Score: {written}"),
            "classify" => http.Response.WriteAsync($$$"""{"data":[{"probs":[0.5,{{{written}}}]}]}""", http.RequestAborted),
            _ => http.Response.WriteAsync($$$"""{"data":[{"data":[{{{written}}}]}]}""", http.RequestAborted),
        };
    }

    private static double?[] Scores(Judging judging, string kind)
    {
        var reference = kind.EndsWith("reference", StringComparison.Ordinal) ? "A good one." : null;
        var graded = judging.GradeAllAsync([.. Enumerable.Range(0, 8).Select(i => Judging.Item($"item {i}.", reference: reference) with { Anew = true })]);
        return [.. graded.GetAwaiter().GetResult().Select(item => item.Reward)];
    }

    [GeneratedRegex(@"item (\d+)\.")]
    private static partial Regex Number();
}
