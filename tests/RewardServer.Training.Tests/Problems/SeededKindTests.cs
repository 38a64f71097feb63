using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems;

public sealed class SeededKindTests
{
    public static TheoryData<string> Names => Kinds.Seeded;

    [Theory]
    [InlineData("addition", 1851, 1818, 426)]
    [InlineData("multiplication", 330, 313, 77)]
    [InlineData("linear-equations", 356, 383, 101)]
    [InlineData("countdown", 1575, 2073, 338)]
    [InlineData("knights", 7234, 7291, 1627)]
    [InlineData("""knights {"people": 2}""", 38, 24, 10)]
    [InlineData("""knights {"people": 4}""", 9072, 8904, 2029)]
    [InlineData("""knights {"connectives": false}""", 236, 266, 42)]
    [InlineData("program", 463, 496, 92)]
    [InlineData("writing", 657, 728, 151)]
    [InlineData("""addition {"languages": {}}""", 1851, 1818, 426)]
    [InlineData("""knights {"languages": {}}""", 7234, 7291, 1627)]
    public void Which_problems_are_in_which_part_never_changes(string name, int pretraining, int reinforcement, int heldOut)
    {
        var kind = Kinds.MakeNamed(name);
        Assert.Equal(
            (pretraining, reinforcement, heldOut),
            (kind.Count(Split.Pretraining), kind.Count(Split.Reinforcement), kind.Count(Split.HeldOut)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [InlineData("program")]
    public void No_operands_are_in_two_parts_in_whichever_order(string name)
    {
        var kind = Kinds.MakeNamed(name);
        var seen = new Dictionary<string, Split>();
        ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, 60).All(i =>
            {
                var split = (Split)(i % 3);
                var key = Operands(name, kind.Operands(kind.Draw(split, random)));
                return seen.TryAdd(key, split) || seen[key] == split;
            });
        });
        Assert.Equal(3, seen.Values.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    [InlineData("program")]
    public void The_same_seed_gives_the_same_problems_and_texts(string name)
    {
        var (one, other) = (Kinds.MakeNamed(name), Kinds.MakeNamed(name));
        ForAllSeeds(seed => Texts(one, seed, 5).SequenceEqual(Texts(other, seed, 5)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [InlineData("program")]
    public void Texts_keep_to_their_length_and_alphabet(string name)
    {
        var kind = Kinds.MakeNamed(name);
        var texts = Texts(kind, 11, 6000).ToArray();
        Assert.All(texts, text => Assert.InRange(text.Length, 1, kind.Longest));
        // Where a text has many parts, the longest of each hardly ever come together.
        var (most, apart) = Kinds.NameOf(name) switch { "knights" => (500, 80), "writing" => (220, 40), "program" => (300, 4), _ => (120, 4) };
        Assert.InRange(kind.Longest, texts.Max(text => text.Length), most);
        Assert.InRange(texts.Max(text => text.Length), kind.Longest - apart, kind.Longest);
        Assert.Equal(kind.Alphabet, string.Concat(string.Concat(texts).Distinct().Order()));
    }

    [Theory]
    [InlineData("addition", "37+45=?", "<think>7+5=12 c1; 3+4+1=8</think><answer>82</answer>", "<think>7+5=12; 3+4=7</think><answer>72</answer>")]
    [InlineData("addition", "31+42=?", "<think>1+2=3 c0; 3+4+0=7</think><answer>73</answer>", "<think>1+2=3; 3+4=8</think><answer>83</answer>")]
    [InlineData("multiplication", "7*46=?", "<think>7*6=42 c4; 7*4=28; 28+4=32</think><answer>322</answer>", "<think>7*6=42; 7*4=28</think><answer>282</answer>")]
    [InlineData("""addition {"languages": {"mixing": 0}}""", "What is 37+45?", "<think>ones: 7+5 is 12, carry 1; tens: 3+4+1 is 8</think><answer>82</answer>", "<think>ones: 7+5 is 12; tens: 3+4 is 7</think><answer>72</answer>")]
    [InlineData("""addition {"languages": {"mixing": 0}}""", "37+45等于几?", "<think>个位7+5得12进1; 十位3+4+1得8</think><answer>82</answer>", "<think>个位7+5得12; 十位3+4得7</think><answer>72</answer>")]
    [InlineData("knights", "A: B is a knave. B: A and C differ. C: A is a knight.",
        "<think>knights A,B,C: A no; knights A,B: A no; knights A,C: A ok, B ok, C ok</think><answer>A: knight, B: knave, C: knight</answer>",
        "<think>knights A,B,C: A ok, B ok, C ok</think><answer>A: knight, B: knight, C: knight</answer>")]
    [InlineData("""knights {"languages": {"mixing": 0}}""", "A:B是无赖。B:A和C不同。C:A是骑士。",
        "<think>骑士A,B,C:A错; 骑士A,B:A错; 骑士A,C:A对,B对,C对</think><answer>A:骑士,B:无赖,C:骑士</answer>",
        "<think>骑士A,B,C:A对,B对,C对</think><answer>A:骑士,B:骑士,C:骑士</answer>")]
    [InlineData("writing", "Ask Anna for the salt.",
        "<think>to Anna: the salt</think><answer>Dear Anna, please hand me the salt.</answer>", "<think>to Anna: the salt</think><answer>Hello Leo, may I please have the salt.</answer>")]
    [InlineData("linear-equations", "3x+4=19", "<think>19-4=15; 15/3=5</think><answer>5</answer>", "<think>19+4=23; 23/3=8</think><answer>8</answer>")]
    public void A_text_reads_like_this(string name, string question, string careful, string slip)
    {
        var kind = Kinds.MakeNamed(name);
        var problem = new Problem(kind.Name, question, new MathTask("0"));
        Assert.Equal(careful, kind.Written(problem, Manner.Careful, new Random(1)));
        Assert.Equal(slip, kind.Written(problem, Manner.Slip, new Random(1)));
    }

    private static void ForAllSeeds(Func<int, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithQuietOnSuccess(true));

    private static IEnumerable<string> Texts(SeededKind kind, int seed, int count)
    {
        var random = new Random(seed);
        return Kinds.Draw(kind, count, random).Select(problem => problem.Question + kind.Written(problem, random));
    }

    // The last is no operand where it is a target or tells the language.
    private static string Operands(string name, ImmutableArray<int> operands) =>
        string.Join(' ', (name == "countdown" || name.Contains("languages", StringComparison.Ordinal) || name.StartsWith("knights", StringComparison.Ordinal) ? operands[..^1] : operands).Order());
}
