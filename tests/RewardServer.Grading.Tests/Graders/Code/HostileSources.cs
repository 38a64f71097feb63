using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Tests.Graders.Code;

/// <summary>What is made to take for ever: each would take minutes or more where the time grew with the square.</summary>
public sealed class HostileSources
{
    private const int Long = 1_000_000;

    [Theory]
    [InlineData("python", "def __eq__(")]
    [InlineData("python", "unittest.")]
    [InlineData("javascript", "Object.prototype[")]
    [InlineData("cpp", "\n")]
    [InlineData("cpp", "#\n")]
    public void Are_looked_through_in_time(string language, string repeated)
    {
        var source = string.Concat(Enumerable.Repeat(repeated, Long / repeated.Length));

        Assert.Empty(Suspicions.Of(language, [source + "x"]));
    }

    [Theory]
    [InlineData("cpp", "#pragma  once", false)]
    [InlineData("cpp", "#pragma GCC optimize(\"O3\")", false)]
    [InlineData("cpp", "  # pragma GCC poison printf", true)]
    [InlineData("cpp", "#pragma comment(x)", true)]
    [InlineData("python", "os.write( 1, b'x')", false)]
    [InlineData("python", "os.write(3, b'x')", true)]
    [InlineData("python", "unittest.TestCase.assertEqual = print", true)]
    public void Are_told_from_what_many_programs_do(string language, string source, bool suspect) =>
        Assert.Equal(suspect ? [Signal.CheckTampering] : [], Suspicions.Of(language, [source]));

    [Fact]
    public void Numbers_that_share_a_hash_are_still_told_apart_in_time()
    {
        // The hash of a double is its halves, one upon the other.
        var numbers = Enumerable.Range(1, 200_000).Select(half => BitConverter.Int64BitsToDouble(((long)(0x40000000 + half) << 32) | (uint)(0x40000000 + half)));
        var text = "{\"$set\":[" + string.Join(",", numbers.Select(number => number.ToString("E16", CultureInfo.InvariantCulture))) + "]}";

        Assert.NotNull(ValueReader.Read(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Points_whose_sum_is_no_number_are_refused()
    {
        var task = new CodeTask("python", [new StdioTest("", "x") { Group = "one" }]) { Groups = [new("one", double.MaxValue)] };

        Assert.Equal("groups[0].points", Assert.Single(task.Errors()).Member);
    }
}
