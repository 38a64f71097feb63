using System.Diagnostics.Metrics;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Grading.Tests.Graders;

public sealed class DeduplicationTests(SharedSandbox sandbox)
{
    private static readonly StdioTest Doubles = new("21\n", "42\n");

    [Fact]
    public async Task A_group_of_64_completions_with_5_distinct_answers_does_the_work_of_5()
    {
        var items = Enumerable.Range(0, 64).Select(i => Items.Math($@"<think>way {i}</think> \boxed{{{i % 5}}}", "3")).ToArray();
        var (graded, counts) = await GradeAsync(new(Deduplication.DefaultBytes), items);
        Assert.Equal((5, 59), (counts.GetValueOrDefault("miss"), counts.GetValueOrDefault("hit")));
        Assert.Equal(items.Select((_, i) => i % 5 == 3 ? 1.0 : 0), graded.Select(item => item.Reward!.Value));
    }

    [Fact]
    public async Task Whether_a_program_is_whole_is_looked_at_once_where_nothing_else_reads_programs()
    {
        sandbox.Need();
        const string Rubric = """{"components":[{"grader":"code-complete"}]}""";
        string[] programs = ["print(1)", "print((1,", "x = = 1", "raise ValueError", "print(2)"];
        var items = Enumerable.Range(0, 64).Select(i => Items.Code($"Way {i}.\n```python\n{programs[i % 5]}\n```", Doubles)).ToArray();
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var (graded, counts) = await GradeAsync(shared, Rubric, items);
        Assert.Equal((5, 59), (counts.GetValueOrDefault("miss"), counts.GetValueOrDefault("hit")));
        Assert.Equal(items.Select((_, i) => i % 5 is 1 or 2 ? 0.0 : 1), graded.Select(item => item.Reward!.Value));
        Assert.Equal(1, (await GradeAsync(shared, Rubric, items[0] with { Anew = true })).Counts.GetValueOrDefault("off"));
    }

    [Fact]
    public async Task What_is_whole_with_one_task_is_looked_at_again_with_another()
    {
        sandbox.Need();
        var program = "```python\nprint(1)\n```";
        var (_, counts) = await GradeAsync(new(Deduplication.DefaultBytes), """{"components":[{"grader":"code-complete"}]}""",
            Items.Code(program, Doubles), Items.Code(program, new StdioTest("21\n", "43\n")));
        Assert.Equal(2, counts.GetValueOrDefault("miss"));
    }

    [Fact]
    public async Task Graders_that_ask_different_things_of_one_program_do_not_take_each_others_answers()
    {
        sandbox.Need();
        var item = Items.Code("```python\nprint(1)\n```", Doubles);
        var (graded, counts) = await GradeAsync(new(Deduplication.DefaultBytes), """{"components":[{"grader":"code-complete"},{"grader":"code-runs"},{"grader":"accuracy"}]}""", item);
        Assert.Equal([1, 1, 0], graded[0].Components.Select(component => component.Score!.Value));
        Assert.Equal(3, counts.Values.Sum());
    }

    [Fact]
    public async Task Equal_programs_run_once_and_each_completion_has_the_whole_verdict()
    {
        sandbox.Need();
        var items = Enumerable.Range(0, 12).Select(i => Items.Code($"Way {i}.\n```python\nprint({(i % 2) + 1} * int(input()))\n```", Doubles)).ToArray();
        var (graded, counts) = await GradeAsync(new(Deduplication.DefaultBytes), items);
        Assert.Equal((2, 10), (counts.GetValueOrDefault("miss"), counts.GetValueOrDefault("hit")));
        Assert.All(graded.Index(), row => Assert.Equal(row.Index % 2, row.Item.Reward));
        Assert.All(graded, item => Assert.NotNull(item.Components[0].Details));
    }

    [Fact]
    public async Task The_same_program_on_another_task_or_with_other_limits_is_other_work()
    {
        sandbox.Need();
        var program = "```python\nprint(2 * int(input()))\n```";
        var (graded, counts) = await GradeAsync(new(Deduplication.DefaultBytes),
            Items.Code(program, Doubles), Items.Code(program, new StdioTest("21\n", "43\n")), Items.Code(program, Doubles).WithLimits(new() { MemoryMb = 128 }));
        Assert.Equal([1, 0, 1], graded.Select(item => item.Reward!.Value));
        Assert.Equal(3, counts.GetValueOrDefault("miss"));
    }

    [Fact]
    public async Task The_same_answer_to_another_gold_or_by_other_options_is_other_work()
    {
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var near = Items.Math(@"\boxed{0.333}", "1/3");
        Assert.Equal(0, (await GradeAsync(shared, near)).Graded[0].Reward);
        Assert.Equal(1, (await GradeAsync(shared, """{"components":[{"grader":"accuracy","options":{"absoluteTolerance":0.01}}]}""", near)).Graded[0].Reward);
        Assert.Equal(1, (await GradeAsync(shared, near with { Task = new MathTask("0.333") })).Graded[0].Reward);
    }

    [Fact]
    public async Task What_depends_on_the_clock_is_not_kept()
    {
        sandbox.Need();
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var item = Items.Code("```python\nwhile True: pass\n```", Doubles).WithLimits(new() { CpuSeconds = 0.2 });
        Assert.Equal(1, (await GradeAsync(shared, item)).Counts.GetValueOrDefault("miss"));
        Assert.Equal(1, (await GradeAsync(shared, item)).Counts.GetValueOrDefault("miss"));
    }

    [Fact]
    public async Task A_call_may_have_its_items_graded_anew_and_a_server_may_keep_nothing()
    {
        var item = Items.Math(@"\boxed{3}", "3");
        var shared = new Deduplication(Deduplication.DefaultBytes);
        await GradeAsync(shared, item);
        Assert.Equal(0, (await GradeAsync(shared, item with { Anew = true })).Counts.GetValueOrDefault("hit"));
        Assert.Equal(1, (await GradeAsync(shared, item)).Counts.GetValueOrDefault("hit"));
        Assert.Equal(2, (await GradeAsync(new(0), item, item)).Counts.GetValueOrDefault("off"));
    }

    [Fact]
    public async Task What_is_kept_is_bounded()
    {
        var shared = new Deduplication(100_000);
        var items = Enumerable.Range(0, 2000).Select(i => Items.Math($@"\boxed{{{i}}}", "3")).ToArray();
        Assert.Equal(2000, (await GradeAsync(shared, items)).Counts.GetValueOrDefault("miss"));
        Assert.InRange((await GradeAsync(shared, items.AsEnumerable().Reverse().ToArray())).Counts.GetValueOrDefault("hit"), 1, 100);
    }

    private Task<(GradedItem[] Graded, Dictionary<string, int> Counts)> GradeAsync(Deduplication shared, params Item[] items) =>
        GradeAsync(shared, """{"components":[{"grader":"accuracy"}]}""", items);

    // Counts are told apart from those of tests that run at the same time by the flow that they are counted in.
    private async Task<(GradedItem[] Graded, Dictionary<string, int> Counts)> GradeAsync(Deduplication shared, string rubric, params Item[] items)
    {
        var here = new AsyncLocal<bool> { Value = true };
        var counts = new Dictionary<string, int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Deduplication.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (here.Value)
            {
                lock (counts)
                {
                    var result = (string)tags.ToArray().Single(tag => tag.Key == "result").Value!;
                    counts[result] = counts.GetValueOrDefault(result) + (int)count;
                }
            }
        });
        listener.Start();
        var compiled = new RubricCompiler(new(sandbox.Pool) { Deduplication = shared }).Compile(JsonElement.Parse(rubric)).Rubric!;
        var graded = await new SetGrader(2, (_, fault) => throw new InvalidOperationException("a bug of ours", fault))
            .GradeAsync(compiled, items, TestContext.Current.CancellationToken);
        return (graded, counts);
    }
}
