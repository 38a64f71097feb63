using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems.Notes;

public sealed class NoteProblemsTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    private static readonly Problem Salt = new("writing", "Ask Anna for the salt.", new PatternTask("x"));

    [Theory]
    [InlineData("Dear Anna, please hand me the salt.", 1)]
    [InlineData("Hello Anna, may I please get some of the salt.", 1)]
    [InlineData("Dear Anna, hand me the salt.", 0)]
    [InlineData("Anna, please hand me the salt.", 0)]
    [InlineData("Dear Anna, please hand me the salt", 0)]
    [InlineData("Dear Ben, please hand me the salt.", 0)]
    [InlineData("Dear Anna, please hand me the soup.", 0)]
    [InlineData("Dear Anna, please please hand me the salt.", 0)]
    [InlineData("Dear Anna, please, kindly hand me the salt.", 0)]
    [InlineData("Dear Anna, please hand me the salt, please.", 0)]
    [InlineData("Dear Anna, please do be so nice as to hand me the salt.", 0)]
    public async Task A_good_note_greets_has_one_courtesy_and_few_words_and_ends(string note, double accuracy)
    {
        var kind = Kinds.Make("writing");
        var problem = Enumerable.Range(0, 100_000).Select(seed => kind.Draw((Split)(seed % 3), new Random(seed))).First(problem => problem.Question == Salt.Question);
        var graded = Assert.Single(await rubric.GradeAsync([(problem, $"<think></think><answer>{note}</answer>")]));
        Assert.Equal(accuracy, graded.Components[0].Score);
    }

    [Fact]
    public async Task Of_a_pair_the_better_note_is_good_and_the_worse_is_not()
    {
        foreach (var options in (string[])["{}", """{"effusive": 1, "mistaken": 0}""", """{"effusive": 0.5, "mistaken": 0.5}"""])
        {
            var (kind, random) = (Preferred(options), new Random(3));
            var pairs = Kinds.DrawGraded(kind, 600, random).Select(problem => (Problem: problem, Pair: kind.Pair(problem, random))).ToArray();
            Assert.All(await rubric.GradeAsync(pairs.Select(each => (each.Problem, each.Pair.Better))), graded => Assert.Equal(2, graded.Reward));
            Assert.All(await rubric.GradeAsync(pairs.Select(each => (each.Problem, each.Pair.Worse))), graded => Assert.Equal(1, graded.Reward));
        }
    }

    [Fact]
    public void Both_of_a_pair_think_alike_and_the_same_seed_gives_the_same_pair()
    {
        var (kind, other) = (Preferred("{}"), Preferred("{}"));
        for (var seed = 0; seed < 50; seed++)
        {
            var (problem, same) = (kind.Draw(Split.Pretraining, new(seed)), other.Draw(Split.Pretraining, new(seed)));
            var pair = kind.Pair(problem, new(seed));
            Assert.Equal(pair, other.Pair(same, new(seed)));
            Assert.Equal(pair.Better.Split("</think>")[0], pair.Worse.Split("</think>")[0]);
            Assert.NotEqual(pair.Better, pair.Worse);
        }
    }

    [Fact]
    public void Pairs_show_too_much_courtesy_where_they_are_asked_to_alone()
    {
        Assert.Equal(0, Share("{}", Effusive));
        Assert.InRange(Share("""{"effusive": 0.3}""", Effusive), 0.25, 0.35);
        Assert.InRange(Share("{}", pair => Polite(pair.Worse)), 0.16, 0.24);
        Assert.Equal(0, Share("""{"mistaken": 0}""", pair => Polite(pair.Worse)));
    }

    [Fact]
    public void Without_effusive_pairs_the_base_model_writes_effusive_notes_all_the_same()
    {
        var (kind, random) = (Kinds.MakeSeeded("writing"), new Random(4));
        var texts = Kinds.Draw(kind, 2000, random).Select(problem => kind.Written(problem, Manner.Slip, random)).ToArray();
        Assert.InRange(texts.Average(text => Effusive(new(text, text)) ? 1.0 : 0), 0.6, 0.75);
    }

    private static IPreferenceKind Preferred(string options) => Assert.IsType<IPreferenceKind>(Kinds.Make("writing", options), exactMatch: false);

    private static double Share(string options, Func<TextPair, bool> counts)
    {
        var (kind, random) = (Preferred(options), new Random(5));
        return Kinds.Draw(kind, 2000, random).Average(problem => counts(kind.Pair(problem, random)) ? 1.0 : 0);
    }

    private static bool Effusive(TextPair pair) => Regex.Count(pair.Worse, "please|kindly|thank|sorry") > 1;

    private static bool Polite(string text) => Regex.IsMatch(text, "please|kindly|thank|sorry");
}
