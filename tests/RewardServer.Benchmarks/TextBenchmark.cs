using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Benchmarks;

/// <summary>
/// Measures the graders that only read the text of a completion, by a rubric of them and each alone: the time of the processor that one
/// thread uses, so that what else runs on the machine counts little.
/// </summary>
internal static class TextBenchmark
{
    private const int Words = 3000, Completions = 64, WarmUps = 5, Rounds = 5, Repetitions = 20;

    private static readonly string[] Together = ["format", "tags", "length", "repetition", "language"];

    private static readonly string[] Vocabulary =
    [
        "so", "we", "have", "the", "sum", "of", "first", "and", "second", "terms", "which", "gives", "x", "=", "5", "+", "y", "let", "me", "check", "that", "this", "equation",
        "holds", "for", "every", "integer", "n", "then", "divide", "both", "sides", "by", "two", "to", "get", "$\\frac{a}{b}$", "therefore", "value", "is", "not", "prime", "because",
        "it", "can", "be", "written", "as", "a", "product", "Wait,", "consider", "case", "where", "angle", "triangle", "equal", "sqrt(3)", "remaining", "number",
    ];

    public static async Task RunAsync()
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        var compiler = new RubricCompiler(new(pool));
        var items = Enumerable.Range(0, Completions).Select(Item).ToArray();
        var known = Together.Where(name => GraderCatalog.Find(name) is not null).ToArray();
        Console.WriteLine($"{Completions} completions of {items.Average(item => item.CompletionText!.Length):F0} characters, one thread, time of the processor; medians of {Rounds} rounds");
        Measure(string.Join(" + ", known), Compile(compiler, known), items);
        foreach (var name in known.Concat(["reasoning-steps", "reflection", "verification"]))
        {
            Measure(name, Compile(compiler, [name]), items);
        }
    }

    private static Rubric Compile(RubricCompiler compiler, string[] graders)
    {
        var (rubric, errors) = compiler.Compile(new RubricDefinition { Components = [.. graders.Select(Component)] });
        return rubric ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    // Without tokens, words are counted.
    private static ComponentDefinition Component(string grader) => new()
    {
        Grader = grader,
        Options = System.Text.Json.JsonElement.Parse(grader == "length" ? """{"shape":"overlong"}""" : "{}"),
    };

    private static void Measure(string name, Rubric rubric, Item[] items)
    {
        var microseconds = new List<double>();
        long allocated = 0;

        // The first rounds warm up and are not counted.
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < items.Length * Repetitions; i++)
            {
                Grade(rubric, items[i % items.Length]);
            }

            if (round > 0)
            {
                microseconds.Add((Environment.CpuUsage.TotalTime - start).TotalMicroseconds / (items.Length * Repetitions));
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        microseconds.Sort();
        var median = microseconds[Rounds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-50} {median,8:F1} µs a completion ({microseconds[0]:F1} to {microseconds[^1]:F1}), {1e6 / median,8:F0} a second, {allocated / (items.Length * Repetitions)} bytes allocated"));
    }

    private static void Grade(Rubric rubric, Item item)
    {
        var found = rubric.GradeAsync(item, OnFault, CancellationToken.None).GetAwaiter().GetResult();
        var graded = rubric.Combine([found], OnFault)[0];
        if (graded.Outcome != Outcome.Scored)
        {
            throw new InvalidOperationException(graded.Reason);
        }
    }

    private static void OnFault(Item item, Exception exception) => throw new InvalidOperationException("a bug of ours", exception);

    private static Item Item(int number)
    {
#pragma warning disable RS0030 // The seed is given.
        var random = new Random(number + 1);
#pragma warning restore RS0030
        var text = new StringBuilder("<think>");
        for (var i = 0; i < Words; i++)
        {
            text.Append(Vocabulary[random.Next(Vocabulary.Length)]).Append(i % 17 == 16 ? ".\n" : random.Next(9) == 0 ? ", " : " ");
        }

        return new()
        {
            Id = $"{number}",
            Prompt = "What is the value of x?",
            Completion = text.Append("</think>\n<answer>\\boxed{5}</answer>").ToString(),
            Task = new MathTask("5"),
        };
    }
}
