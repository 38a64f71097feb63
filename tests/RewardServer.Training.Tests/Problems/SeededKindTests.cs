using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems;

public sealed partial class SeededKindTests
{
    public static TheoryData<string> Names => Kinds.Seeded;

    [Theory]
    [InlineData("addition", 1851, 1818, 426)]
    [InlineData("multiplication", 330, 313, 77)]
    [InlineData("linear-equations", 356, 383, 101)]
    [InlineData("countdown", 1575, 2073, 338)]
    public void Which_problems_are_in_which_part_never_changes(string name, int pretraining, int reinforcement, int heldOut)
    {
        var kind = Kinds.Make(name);
        Assert.Equal(
            (pretraining, reinforcement, heldOut),
            (kind.Count(Split.Pretraining), kind.Count(Split.Reinforcement), kind.Count(Split.HeldOut)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_operands_are_in_two_parts_in_whichever_order(string name)
    {
        var kind = Kinds.Make(name);
        var seen = new Dictionary<string, Split>();
        ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, 60).All(i =>
            {
                var split = (Split)(i % 3);
                var key = Operands(name, kind.Draw(split, random).Question);
                return seen.TryAdd(key, split) || seen[key] == split;
            });
        });
        Assert.Equal(3, seen.Values.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_problems_and_texts(string name) =>
        ForAllSeeds(seed => Texts(Kinds.Make(name), seed, 5).SequenceEqual(Texts(Kinds.Make(name), seed, 5)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_keep_to_their_length_and_alphabet(string name)
    {
        var kind = Kinds.Make(name);
        var texts = Texts(kind, 11, 6000).ToArray();
        Assert.All(texts, text => Assert.InRange(text.Length, 1, kind.Longest));
        Assert.InRange(kind.Longest, texts.Max(text => text.Length), 112);
        Assert.InRange(texts.Max(text => text.Length), kind.Longest - 4, kind.Longest);
        Assert.Equal(kind.Alphabet, string.Concat(string.Concat(texts).Distinct().Order()));
    }

    [Theory]
    [InlineData("addition", "37+45=?", "<think>7+5=12 c1; 3+4+1=8</think><answer>82</answer>", "<think>7+5=12; 3+4=7</think><answer>72</answer>")]
    [InlineData("addition", "31+42=?", "<think>1+2=3 c0; 3+4+0=7</think><answer>73</answer>", "<think>1+2=3; 3+4=8</think><answer>83</answer>")]
    [InlineData("multiplication", "7*46=?", "<think>7*6=42 c4; 7*4=28; 28+4=32</think><answer>322</answer>", "<think>7*6=42; 7*4=28</think><answer>282</answer>")]
    [InlineData("linear-equations", "3x+4=19", "<think>19-4=15; 15/3=5</think><answer>5</answer>", "<think>19+4=23; 23/3=8</think><answer>8</answer>")]
    public void A_text_reads_like_this(string name, string question, string careful, string slip)
    {
        var kind = Kinds.MakeSeeded(name);
        var problem = new Problem(name, question, new MathTask("0"));
        Assert.Equal(careful, kind.Written(problem, Manner.Careful, new Random(1)));
        Assert.Equal(slip, kind.Written(problem, Manner.Slip, new Random(1)));
    }

    private static void ForAllSeeds(Func<int, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithQuietOnSuccess(true));

    private static IEnumerable<string> Texts(IProblemKind kind, int seed, int count)
    {
        var random = new Random(seed);
        return Kinds.Draw(kind, count, random).Select(problem => problem.Question + kind.Written(problem, random));
    }

    // A target is none of the operands.
    private static string Operands(string name, string question) =>
        string.Join(' ', Number().Matches(name == "countdown" ? question.Split("->")[0] : question).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
