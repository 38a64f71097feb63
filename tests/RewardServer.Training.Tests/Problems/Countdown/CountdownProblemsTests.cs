using System.Globalization;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Reflection;
using RewardServer.Training.Problems.Countdown;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems.Countdown;

public sealed partial class CountdownProblemsTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    [Fact]
    public void A_careful_search_tries_nothing_twice_and_ends_with_its_first_hit()
    {
        var (kind, random) = (Kinds.MakeSeeded("countdown"), new Random(3));
        foreach (var problem in Kinds.Draw(kind, 2000, random))
        {
            var values = Tries(kind.Written(problem, Manner.Careful, random)).Select(Checked).ToArray();
            var target = int.Parse(problem.Question.Split("-> ")[1], CultureInfo.InvariantCulture);
            Assert.Equal(target, values[^1]);
            Assert.DoesNotContain(target, values[..^1]);
        }
    }

    [Fact]
    public void One_who_gives_up_has_tried_nothing_twice_and_hit_nothing()
    {
        var (kind, random) = (Kinds.MakeSeeded("countdown"), new Random(4));
        foreach (var problem in Kinds.Draw(kind, 2000, random))
        {
            var values = Tries(kind.Written(problem, Manner.Slip, random)).Select(Checked).ToArray();
            Assert.DoesNotContain(int.Parse(problem.Question.Split("-> ")[1], CultureInfo.InvariantCulture), values);
        }
    }

    [Fact]
    public async Task The_longer_a_text_thinks_the_likelier_it_is_right()
    {
        var (kind, random) = (Kinds.Make("countdown"), new Random(5));
        var texts = Kinds.Draw(kind, 3000, random).Select(problem => (Problem: problem, Text: kind.Written(problem, random))).ToArray();
        var right = (await rubric.GradeAsync(texts)).Select((item, i) => (Tries: Tries(texts[i].Text).Length, item.Components[0].Score!.Value)).ToArray();
        var (none, few, many) = (Share(right, 0, 0), Share(right, 1, 2), Share(right, 3, 9));
        Assert.True(none + 0.05 < few && few + 0.2 < many, $"{none:F2} {few:F2} {many:F2}");
    }

    [Fact]
    public async Task Some_misses_are_followed_by_words_that_count_as_reflection()
    {
        var (kind, random) = (Kinds.MakeSeeded("countdown"), new Random(6));
        var texts = Kinds.Draw(kind, 300, random).Select(problem => (Problem: problem, Text: kind.Written(problem, Manner.Careful, random))).ToArray();
        var counts = (await rubric.GradeAsync(texts)).Select(item => Assert.IsType<ReflectionDetails>(item.Components[2].Details).Count).ToArray();
        Assert.Equal(texts.Select(text => text.Text.Split("wait").Length - 1), counts);
        Assert.InRange(counts.Average(), 0.1, 1);
    }

    [Fact]
    public void Aim_and_patience_make_searches_shorter_and_longer()
    {
        Assert.True(Length("""{"aim": 2}""", Manner.Careful) < Length("""{"aim": 20}""", Manner.Careful));
        Assert.True(Length("""{"patience": 0.1}""", Manner.Slip) < Length("""{"patience": 0.7}""", Manner.Slip));
    }

    [Fact]
    public void Sums_and_products_in_another_order_are_no_other_tries() => Assert.Equal(
        ["(1+1)*1=2", "(1+1)+1=3", "(1+1)-1=1", "(1*1)*1=1", "(1*1)+1=2"],
        CountdownTry.All([1, 1, 1], "+-*").Select(each => $"{each.Expression}={each.Value}").Order(StringComparer.Ordinal).OrderBy(each => each[2] == '*'));

    private static double Length(string options, Manner manner)
    {
        var (kind, random) = (Kinds.MakeSeeded("countdown", options), new Random(9));
        return Kinds.Draw(kind, 500, random).Average(problem => kind.Written(problem, manner, random).Length);
    }

    private static double Share((int Tries, double Right)[] all, int from, int to) =>
        all.Where(each => each.Tries >= from && each.Tries <= to).Average(each => each.Right);

    private static string[] Tries(string text)
    {
        var tries = Try().Matches(text).Select(match => match.Value).ToArray();
        Assert.Distinct(tries);
        return tries;
    }

    // What a try makes; both its steps are true, and the second uses what the first made.
    private static int Checked(string steps)
    {
        var parts = Part().Matches(steps).Select(match => match.Value).ToArray();
        var numbers = parts.Where((_, i) => i % 2 == 0).Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Apply(numbers[0], parts[1], numbers[1]), numbers[2]);
        Assert.Contains(numbers[2], numbers[3..5]);
        Assert.Equal(Apply(numbers[3], parts[7], numbers[4]), numbers[5]);
        return numbers[5];
    }

    private static int Apply(int left, string operation, int right) => operation switch { "+" => left + right, "-" => left - right, _ => left * right };

    [GeneratedRegex(@"[0-9]+[-+*][0-9]+=[0-9]+,[0-9]+[-+*][0-9]+=[0-9]+")]
    private static partial Regex Try();

    [GeneratedRegex(@"[0-9]+|[-+*=,]")]
    private static partial Regex Part();
}
