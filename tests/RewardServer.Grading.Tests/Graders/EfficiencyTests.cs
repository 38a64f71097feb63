using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Efficiency;
using RewardServer.Grading.Graders.Efficiency.Growth;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Tests.Graders;

public sealed class EfficiencyTests(SharedSandbox sandbox)
{
    private static readonly EfficiencyOptions Options = new() { Rounds = 5 };

    private static readonly CodeTask Task = new("python", [new StdioTest("5", "10"), new StdioTest("300000", "899997")])
    {
        Reference = new("python", Program(1)),
    };

    [Fact]
    public async Task A_program_of_ten_times_the_work_earns_less_than_one_of_a_tenth()
    {
        var (fast, slow) = (await Grade("print({'5': 10}.get(input(), 899997))", Task), await Grade(Program(10), Task));
        Assert.Equal((1.0, "the program is as fast as asked for"), (fast.Score, fast.Reason));
        Assert.Equal((0.0, "the program is too slow to earn anything"), (slow.Score, slow.Reason));
        var measured = ((EfficiencyDetails)slow.Details!).Measured;
        Assert.True(measured.Low > 2 && measured.Ratio >= measured.Low && measured.High >= measured.Ratio && measured.Rounds == 5, $"{measured}");
        Assert.Equal(1, ((EfficiencyDetails)slow.Details).Test);
    }

    [Fact]
    public async Task Functions_are_measured_by_their_calls_and_references_may_be_of_another_language()
    {
        Assert.SkipUnless(sandbox.Pool.Languages.Any(language => language is { Name: "cpp", Available: true }), "no compiler of C++");
        var task = new CodeTask("python", [new CallTest("count", [JsonElement.Parse("100000000")], JsonElement.Parse("50000000"))])
        {
            Reference = new("cpp", "int count(int n) {\n    volatile int odd = 0;\n    for (int i = 0; i < n; i++) odd = odd + i % 2;\n    return odd;\n}"),
        };
        Assert.Equal(1, (await Grade("def count(n):\n    return n // 2", task)).Score);
        Assert.Equal(0, (await Grade("def count(n):\n    return sum(map(lambda i: i & 1, range(n // 8))) * 8", task)).Score);
    }

    [Fact]
    public async Task Only_a_right_program_earns_it() =>
        Assert.Equal(
            (0.0, "only a right program earns it: 0 of 2 tests passed; test 0: line 1 of the output is '1' where '10' was expected"),
            await ScoreAndReason("print(1)", Task));

    [Fact]
    public async Task A_program_that_does_nothing_while_it_is_measured_is_not_the_fastest()
    {
        // One processor is what a measured run stays on.
        Assert.SkipWhen(Environment.ProcessorCount == 1, "measured runs cannot be told from others on one processor");
        var (score, reason) = await ScoreAndReason("import os\nif len(os.sched_getaffinity(0)) == 1: raise SystemExit\n" + Program(1), Task);
        Assert.Equal(0, score);
        Assert.StartsWith("a measured run was not right: line 1 of the output is ", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while True: pass", "the reference does not pass test 1: the program used more than 1 s of CPU time")]
    [InlineData("print(10)", "the reference does not pass test 1: line 1 of the output is '10' where '899997' was expected")]
    [InlineData("print({'5': 10}.get(input(), 899997))", "the reference is too quick on every test to compare with")]
    public async Task Whether_there_is_something_to_compare_with_is_not_the_candidates_to_decide(string reference, string reason)
    {
        var task = Task with { Reference = new("python", reference), Limits = new(CpuSeconds: 1) };
        foreach (var completion in new[] { Program(1), "print(1)", "```cpp\nint main() {}\n```" })
        {
            var verdict = await Grade(completion, task);
            Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
        }
    }

    [Fact]
    public async Task A_reference_that_cannot_be_run_is_the_tasks_fault()
    {
        var verdict = await Grade(Program(1), Task with { Reference = new("cobol", "") });
        Assert.Equal((Outcome.Skipped, "the reference cannot be run here: 'cobol' is not a language this server knows"), (verdict.Outcome, verdict.Reason));
        verdict = await Grade(Program(1), Task with { Language = "cobol" });
        Assert.Equal((Outcome.Skipped, "'cobol' is not a language this server knows"), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public async Task Without_reference_and_baseline_it_is_skipped()
    {
        var verdict = await Grade(Program(1), Task with { Reference = null });
        Assert.Equal((Outcome.Skipped, "the task has neither a reference nor a baseline to compare with"), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public async Task A_baseline_is_scaled_to_this_machine()
    {
        // The recorded machine took a second for the loop: this one takes far less, and the program with it.
        var slow = await Grade(Program(1), Task with { Reference = null, Baseline = new(CpuSeconds: 1000, LoopSeconds: 1) });
        Assert.Equal(1, slow.Score);
        var fast = await Grade(Program(1), Task with { Reference = null, Baseline = new(CpuSeconds: 0.01, LoopSeconds: 1) });
        Assert.Equal(0, fast.Score);
        Assert.Null(((EfficiencyDetails)fast.Details!).Test);
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.5, 1)]
    [InlineData(1, 0.5)]
    [InlineData(2, 0)]
    [InlineData(9, 0)]
    public void The_score_falls_with_the_logarithm_of_the_ratio(double ratio, double score) =>
        Assert.Equal(score, EfficiencyScore.Of(ratio, Options), 9);

    [Theory]
    [InlineData(0.3, 0.45, 1, "as fast as asked for")]
    [InlineData(0.9, 1, 0.5, "between slow and fast")]
    [InlineData(0.5, 1.9, 0, "wider than the effect")]
    [InlineData(2.5, 3, 0, "too slow")]
    public void Only_what_is_certain_is_earned(double low, double high, double score, string reason)
    {
        var (earned, said) = EfficiencyScore.Of(new Measurement(low, low, high, 1, 1, 15), Options);
        Assert.Equal(score, earned, 9);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("n", 1)]
    [InlineData("n^2", 2)]
    [InlineData("n^3", 3)]
    public void Growth_is_found_through_noise(string name, double exponent)
    {
        var growth = Fit(size => Math.Pow(size, exponent), 12);
        Assert.Equal(name, growth.Class);
        Assert.InRange(exponent, growth.Low!.Value - 0.02, growth.High!.Value + 0.02);
        Assert.InRange(growth.Confidence, 0.95, 1);
    }

    [Fact]
    public void Growth_by_a_logarithm_and_beyond_every_power_is_found()
    {
        Assert.Equal("n log n", Fit(size => size * Math.Log(size), 16).Class);
        Assert.Equal("log n", Fit(size => Math.Log(size), 16).Class);
        Assert.Equal("2^n", GrowthFit.Of([.. Enumerable.Range(10, 12).Select(size => new TimeOfSize(size, 1e-5 * Math.Pow(1.62, size)))]).Class);
    }

    [Fact]
    public void Growth_that_two_classes_fit_alike_is_not_clear()
    {
        Assert.Equal("not clear", Fit(size => Math.Pow(size, 1.5), 12).Class);
        Assert.Equal(("not clear", null), (Fit(size => size, 3).Class, Fit(size => size, 3).Exponent));
    }

    [Fact]
    public async Task A_program_that_grows_faster_than_asked_for_earns_nothing()
    {
        var task = new CodeTask("python", [])
        {
            Reference = new("python", "n = int(input())\ns = 0\nfor i in range(n):\n    for j in range(n):\n        s += 1\nprint(s)"),
            Generated = new() { Count = 5, Generator = new("python", "print(input().split()[1])"), SmallestSize = 400, LargestSize = 3200 },
        };
        var same = "m = int(input())\nt = 0\nfor a in range(m):\n    for b in range(m):\n        t += 1\nprint(t)";
        var verdict = await Grade(same, task, new() { GrowthAtMost = 1.3, Fast = 5, Slow = 20, Rounds = 5 });
        Assert.Equal((0.0, "the time grows faster with the size than asked for"), (verdict.Score, verdict.Reason));
        Assert.InRange(((EfficiencyDetails)verdict.Details!).Measured.Growth!.Exponent!.Value, 1.3, 2.7);
    }

    [Theory]
    [InlineData("""{"fast":0}""", "fast")]
    [InlineData("""{"fast":2,"slow":2}""", "slow")]
    [InlineData("""{"rounds":4}""", "rounds")]
    [InlineData("""{"growthAtMost":-1}""", "growthAtMost")]
    public void Options_out_of_range_are_errors(string json, string member) =>
        Assert.Equal($"$.{member}", Assert.Throws<JsonException>(() => Kind.Create(Context(), JsonElement.Parse(json))).Path);

    private static GraderKind Kind => EfficiencyGrader.Kind;

    private static string Program(int times) => $"n = int(input())\ntotal = 0\nfor i in range(n * {times}):\n    total += i % 7\nprint(sum(i % 7 for i in range(n)))";

    // Noise of one in a hundred, the same each time.
    private static MeasuredGrowth Fit(Func<double, double> time, int sizes) => GrowthFit.Of(
        [.. Enumerable.Range(4, sizes).Select(power => new TimeOfSize(1 << power, 1e-4 * time(1 << power) * (1 + (0.01 * ((power * 7 % 5) - 2) / 2))))]);

    private GraderContext Context() => new(new(), new(sandbox.Pool), []);

    private async Task<Verdict> Grade(string completion, CodeTask task, EfficiencyOptions? options = null)
    {
        sandbox.Need();
        return await new EfficiencyGrader(Context(), options ?? Options)
            .GradeAsync(Items.Code(completion) with { Task = task }, Verdicts.None, TestContext.Current.CancellationToken);
    }

    private async Task<(double?, string)> ScoreAndReason(string completion, CodeTask task)
    {
        var verdict = await Grade(completion, task);
        return (verdict.Score, verdict.Reason);
    }
}
