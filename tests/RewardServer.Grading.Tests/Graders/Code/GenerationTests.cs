using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class GenerationTests(SharedSandbox sandbox)
{
    private const string Sort = "input()\nprint(*sorted(map(int, input().split())))";
    private static readonly ProgramSource Generator = new("python",
        "import random\nseed, size = map(int, input().split())\nr = random.Random(seed)\nprint(size)\nprint(*[r.randint(-99, 99) for _ in range(size)])");

    private static readonly GeneratedTests Sorting = new() { Count = 6, Generator = Generator, Reference = new("python", Sort), LargestSize = 40 };

    private static readonly GeneratedTests Pairs = new()
    {
        Count = 8,
        Function = "pairs",
        Parameters = ["list[int(0,9)](0,size)", "int(-5,5)"],
        Reference = new("python", "def pairs(a, k):\n    return [(x, k) for x in sorted(a)]"),
    };

    [Fact]
    public async Task A_right_program_passes_tests_that_a_generator_and_a_reference_make()
    {
        var verdict = await Grade("input()\na = [int(x) for x in input().split()]\na.sort()\nprint(*a)", Sorting);
        Assert.Equal((1.0, "6 of 6 tests passed"), (verdict.Score, verdict.Reason));
        var details = (CodeDetails)verdict.Details!;
        Assert.Equal((6, 0), (details.Generated!.Count, details.Generated.Seed));
        Assert.All(details.Tests, test => Assert.True(test is { Generated: true, Input: null }));
    }

    [Fact]
    public async Task A_wrong_program_is_shown_the_input_that_it_failed()
    {
        var details = (CodeDetails)(await Grade("input()\nprint(*sorted(set(map(int, input().split()))))", Sorting)).Details!;
        var failed = details.Tests.Last(test => test.Status == TestStatus.WrongAnswer);
        Assert.StartsWith("40\n", failed.Input);
        Assert.Equal(5, failed.Index);
    }

    [Fact]
    public async Task Generated_tests_come_after_those_that_are_given()
    {
        var item = Items.Code(Sort, new StdioTest("1\n5\n", "6"));
        var verdict = await Grade(item with { Task = (CodeTask)item.Task with { Generated = Sorting } });
        Assert.Equal("6 of 7 tests passed; test 0: line 1 of the output is '5' where '6' was expected", verdict.Reason);
    }

    [Fact]
    public async Task A_program_that_knows_the_visible_tests_alone_gives_the_signal_of_it()
    {
        var item = Items.Code("print({'2': '1 2'}.get(input()))", new StdioTest("2\n2 1\n", "1 2") { Visible = true });
        Assert.Equal([Signal.HiddenTestGap], (await Grade(item with { Task = (CodeTask)item.Task with { Generated = Sorting } })).Signals);
    }

    [Theory]
    [InlineData("1/0", Sort, "the generator failed for seed 0 size 1: the program ended with exit code 1")]
    [InlineData("seed, size = map(int, input().split())\nprint(2)\nprint(2, 1)\nassert seed < 3", Sort, "the generator failed for seed 3 size 9: the program ended with exit code 1")]
    [InlineData("import time\nprint(time.time_ns())", Sort, "the generator does not print the same in two runs for seed 0 size 1")]
    [InlineData("import os\nos.write(1, b'\\xff')", Sort, "the generator printed what is not UTF-8 for seed 0 size 1")]
    [InlineData("print(1)\nprint(2)", "while True: pass", "the reference failed for seed 0 size 1: the program used more than 1 s of CPU time")]
    [InlineData("print(1)\nprint(2)", "import random\nprint(random.random())", "the reference does not print the same in two runs for seed 0 size 1")]
    public async Task What_the_tasks_own_programs_fail_at_skips_the_item_whatever_the_candidate_wrote(string generator, string reference, string reason)
    {
        sandbox.Need();
        var broken = Sorting with { Generator = new("python", generator), Reference = new("python", reference) };
        foreach (var source in new[] { Sort, "```cpp\nint main() {}\n```" })
        {
            var item = Items.Code(source).WithLimits(new(CpuSeconds: 1));
            var verdict = await Grade(item with { Task = (CodeTask)item.Task with { Generated = broken } });
            Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
        }
    }

    [Fact]
    public async Task A_language_of_the_tasks_own_that_is_not_there_skips_it() =>
        Assert.Equal("'cobol', the language of the generator, is not one this server knows", (await Grade(Sort, Sorting with { Generator = new("cobol", "") })).Reason);

    [Fact]
    public async Task Tests_are_made_once_for_one_content_and_the_same_again()
    {
        sandbox.Need();
        var store = new GeneratedTestStore(sandbox.Pool);
        var task = new CodeTask("python", []) { Generated = Sorting };
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => store.OfAsync(task, TestContext.Current.CancellationToken)));
        Assert.All(asked, made => Assert.Same(asked[0], made));

        var again = await new GeneratedTestStore(sandbox.Pool).OfAsync(task, TestContext.Current.CancellationToken);
        Assert.Equal(Inputs(asked[0]!), Inputs(again!));
        Assert.Equal(asked[0]!.Source, again!.Source);

        var others = await store.OfAsync(task with { Generated = Sorting with { Seed = 100 } }, TestContext.Current.CancellationToken);
        Assert.NotEqual(asked[0]!.Source.Key, others!.Source.Key);
        Assert.NotEqual(Inputs(asked[0]!), Inputs(others));
    }

    [Fact]
    public async Task Fresh_tests_are_others_each_time_and_come_again_by_their_seed()
    {
        sandbox.Need();
        var store = new GeneratedTestStore(sandbox.Pool);
        var fresh = new CodeTask("python", []) { Generated = Sorting with { Fresh = true } };
        var first = (await store.OfAsync(fresh, TestContext.Current.CancellationToken))!;
        var second = (await store.OfAsync(fresh, TestContext.Current.CancellationToken))!;
        Assert.NotEqual(first.Source.Seed, second.Source.Seed);
        Assert.NotEqual(Inputs(first), Inputs(second));

        var replayed = (await store.OfAsync(new CodeTask("python", []) { Generated = Sorting with { Seed = first.Source.Seed } }, TestContext.Current.CancellationToken))!;
        Assert.Equal(Inputs(first), Inputs(replayed));
        Assert.Equal(first.Source, replayed.Source);
    }

    [Theory]
    [InlineData(Sort, 1, "4 of 4 tests passed")]
    [InlineData("input()\nprint(*sorted(map(int, input().split()))[::-1])", 0, "the property does not hold")]
    [InlineData("print('none')", 0, "the property cannot be told of the output: it raised ValueError")]
    [InlineData("print(' '.join(['1'] * 10**7))", 0, "the program wrote more than 1024 KiB")]
    public async Task A_property_judges_where_there_is_no_reference(string source, double score, string reason)
    {
        var held = new ProgramSource("python", "def holds(input, output):\n    given = sorted(map(int, input.split('\\n')[1].split()))\n    return [int(x) for x in output.split()] == given");
        var verdict = await Grade(source, new() { Count = 4, Generator = Generator, Property = held, SmallestSize = 3, LargestSize = 20 });
        Assert.Equal(score, verdict.Score);
        Assert.EndsWith(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def hold(input, output): return True", "the property has no function holds(input, output)")]
    [InlineData("def holds(", "the property is broken: it raised SyntaxError")]
    [InlineData("raise SystemExit", "the property is broken: it raised SystemExit")]
    [InlineData("def holds(input, output): return False", "what the reference gave for seed 0 size 1 is wrong by the property: the property does not hold")]
    [InlineData("def holds(input, output): return nothing", "what the reference gave for seed 0 size 1 is wrong by the property: the property cannot be told of the output: it raised NameError")]
    public async Task A_property_that_is_broken_skips_the_item(string property, string reason)
    {
        var verdict = await Grade(Sort, Sorting with { Property = new("python", property) });
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public async Task A_program_cannot_have_itself_skipped_before_a_property_is_asked()
    {
        const string Source = "import sys\nframe = sys._getframe()\nwhile 'nonce' not in frame.f_locals: frame = frame.f_back\nframe.f_locals['report']('argument', 'x')";
        var verdict = await Grade(Source, Pairs with { Property = new("python", "def holds(input, output): return True") });
        Assert.Equal((Outcome.Scored, 0), (verdict.Outcome, verdict.Score));
        Assert.Contains(Signal.ForgedOutput, verdict.Signals);
    }

    [Fact]
    public async Task Beside_a_property_outputs_are_compared_only_with_a_reference_of_the_tests_own()
    {
        var any = Sorting with { Property = new("python", "def holds(input, output): return len(output) > 0") };
        Assert.Equal(0, (await Grade("print(1)", any)).Score);

        var item = Items.Code("print(1)");
        var task = (CodeTask)item.Task with { Reference = new("python", Sort), Generated = any with { Reference = null } };
        Assert.Equal(1, (await Grade(item with { Task = task })).Score);
    }

    [Fact]
    public async Task Arguments_are_drawn_from_types_and_results_come_from_the_reference_by_value()
    {
        var right = await Grade("def pairs(a, k):\n    return [(x, k) for x in sorted(a)]", Pairs);
        Assert.Equal((1.0, "8 of 8 tests passed"), (right.Score, right.Reason));

        var lists = (CodeDetails)(await Grade("def pairs(a, k):\n    return [[x, k] for x in sorted(a)]", Pairs)).Details!;
        Assert.Equal((TestStatus.Passed, TestStatus.WrongAnswer), (lists.Tests[0].Status, lists.Tests[1].Status));
        Assert.Equal("[9,9], 5", lists.Tests[1].Input);
        Assert.Equal(1, (await Grade("def pairs(a, k):\n    return [[x, k] for x in sorted(a)]", Pairs with { Types = TypeRule.Json })).Score);
    }

    [Fact]
    public async Task A_generator_can_print_the_arguments_of_a_function()
    {
        var printed = Pairs with { Parameters = [], Generator = new("python", "import json\nseed, size = map(int, input().split())\nprint(json.dumps([list(range(size)), seed]))") };
        Assert.Equal(1, (await Grade("def pairs(a, k):\n    return [(x, k) for x in a]", printed)).Score);

        var broken = await Grade("", printed with { Generator = new("python", "print('{}')") });
        Assert.Equal((Outcome.Skipped, "the generator failed for seed 0 size 1: it printed no JSON array of arguments"), (broken.Outcome, broken.Reason));
        broken = await Grade("", printed with { Generator = new("python", "print('[{\"$tuple\": 1}]')") });
        Assert.StartsWith("the generator failed for seed 0 size 1: arguments[0] ", broken.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def pairs(a, k): return a[0]", "the reference failed for seed 0 size 1: the program raised IndexError: list index out of range")]
    [InlineData("import random\ndef pairs(a, k): return random.random()", "the reference does not return the same in two runs for seed 0 size 1")]
    [InlineData("def other(a): pass", "the reference failed for seed 0 size 1: the program has no function 'pairs'")]
    public async Task A_reference_that_gives_no_result_skips_the_item(string reference, string reason)
    {
        var verdict = await Grade("def pairs(a, k): return []", Pairs with { Reference = new("python", reference) });
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }

    [Theory]
    [InlineData("def pairs(a, k): return tuple(sorted(a))", 1)]
    [InlineData("def pairs(a, k):\n    a.sort()\n    return tuple(a)", 1)]
    [InlineData("def pairs(a, k): return sorted(a)", 0)]
    [InlineData("def pairs(a, k): return tuple(a)", 0)]
    public async Task A_property_sees_the_values_of_a_function(string source, double score)
    {
        var held = new ProgramSource("python", "def holds(input, output):\n    a, k = input\n    return type(output) is tuple and type(a) is list and list(output) == sorted(a)");
        Assert.Equal(score, (await Grade(source, Pairs with { Reference = null, Property = held })).Score);
    }

    [Theory]
    [InlineData(4, 1, 1000, "1 10 100 1000")]
    [InlineData(3, 7, 7, "7 7 7")]
    [InlineData(1, 1, 50, "50")]
    public async Task Sizes_rise_from_the_smallest_to_the_largest(int count, int least, int most, string sizes)
    {
        sandbox.Need();
        var generated = new GeneratedTests { Count = count, Generator = new("python", "print(input().split()[1])"), Reference = new("python", ""), SmallestSize = least, LargestSize = most };
        var made = await new GeneratedTestStore(sandbox.Pool).OfAsync(new CodeTask("python", []) { Generated = generated }, TestContext.Current.CancellationToken);
        Assert.Equal(sizes, string.Join(' ', Inputs(made!).Select(input => input.Trim())));
    }

    private static List<string> Inputs(MadeTests made) => [.. made.Tests.Select(test => ((StdioTest)test).Stdin)];

    private Task<Verdict> Grade(string completion, GeneratedTests generated)
    {
        var item = Items.Code(completion);
        return Grade(item with { Task = (CodeTask)item.Task with { Generated = generated } });
    }

    private async Task<Verdict> Grade(Item item)
    {
        sandbox.Need();
        return await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, (CodeTask)item.Task, TestContext.Current.CancellationToken);
    }
}
