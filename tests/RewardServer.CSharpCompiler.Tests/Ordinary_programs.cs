using System.Text;

namespace RewardServer.CSharpCompiler.Tests;

public sealed class Ordinary_programs(Worker worker) : IClassFixture<Worker>
{
    private const string Features = """
        await foreach (var n in Numbers.Count(3)) Console.Write(n);
        Shape[] shapes = [new Circle(2), new Square(3) { Name = "four" }];
        foreach (var shape in shapes.OrderBy(s => s.Name)) Console.Write($" {shape.Name}:{Area(shape):F1}");
        Span<int> span = stackalloc int[] { 3, 1, 2 };
        span.Sort();
        Console.WriteLine($" {string.Join(',', span.ToArray())} {Max<int>([4, 9, 2])} {First([5, 6])}");

        static double Area(Shape shape) => shape switch { Circle { R: var r } => r * r * 3, Square(var side) => side * side, _ => 0 };
        static T Max<T>(ReadOnlySpan<T> items) where T : System.Numerics.INumber<T> { var best = items[0]; foreach (var i in items) best = T.Max(best, i); return best; }
        static unsafe int First(int[] items) { fixed (int* first = items) return *first; }

        abstract record Shape { public string Name { get; init; } = "shape"; }
        sealed record Circle(double R) : Shape;
        sealed record Square(double Side) : Shape;
        class Outer<T> { public class Inner<U> where U : class { public Dictionary<T, List<U?>> Map { get; } = []; } }
        static class Numbers
        {
            public static async IAsyncEnumerable<int> Count(int to) { for (var i = 0; i < to; i++) { await Task.Yield(); yield return i; } }
        }
        """;

    [Fact]
    public async Task Hello_compiles_and_runs() =>
        Assert.Equal("hello\n", await (await worker.CompileAsync("""Console.WriteLine("hello");""")).OutputAsync());

    [Fact]
    public async Task What_the_language_has_compiles_and_runs() =>
        Assert.Equal("012 four:9.0 shape:12.0 1,2,3 9 5\n", await (await worker.CompileAsync(Features)).OutputAsync());

    [Fact]
    public async Task Several_files_are_one_program()
    {
        var run = await worker.CompileAsync(
            ("main.cs", "Console.WriteLine(new Parts.Answer().Value);"u8.ToArray()),
            ("parts/Answer.cs", "namespace Parts; class Answer { public int Value => 42; }"u8.ToArray()));
        Assert.Equal("42\n", await run.OutputAsync());
    }

    [Fact]
    public async Task Files_that_are_not_source_are_left_alone()
    {
        var run = await worker.CompileAsync(("main.cs", "Console.WriteLine(1);"u8.ToArray()), ("data.txt", "not a program"u8.ToArray()));
        Assert.Equal("1\n", await run.OutputAsync());
    }

    [Fact]
    public async Task The_usings_of_a_new_project_are_there() => Assert.Equal(
        "ok\n",
        await (await worker.CompileAsync("""
            var thread = new Thread(() => { }); var task = Task.CompletedTask; var list = new List<int>(); using var client = new HttpClient();
            Console.WriteLine(File.Exists("/nothing") || list.Any() ? "no" : "ok");
            """)).OutputAsync());

    [Fact]
    public async Task The_same_source_gives_the_same_bytes()
    {
        var first = await worker.CompileAsync(Features);
        await worker.CompileAsync("class Other { static void Main() { } }");
        var second = await worker.CompileAsync(Features);
        Assert.Equal(0, first.Status);
        Assert.Equal(first.Assembly, second.Assembly);
    }

    [Fact]
    public async Task Text_survives() =>
        Assert.Equal("größe 漢字\n", await (await worker.CompileAsync("""Console.WriteLine("größe 漢字");""")).OutputAsync());

    [Fact]
    public async Task Bytes_that_are_not_text_become_replacement_characters() =>
        Assert.Equal("\uFFFD\n", await (await worker.CompileAsync(("main.cs", [.. "Console.WriteLine(\""u8, 0xFF, .. "\");"u8]))).OutputAsync());

    [Fact]
    public async Task A_run_reports_what_it_took()
    {
        var run = await worker.CompileAsync(Features);
        Assert.InRange(run.ProcessorSeconds, 0.001, 10);
        Assert.InRange(run.PeakKib, 30_000, 1_000_000);
        Assert.Equal("", run.Failure);
    }

    [Fact]
    public async Task A_megabyte_of_source_compiles()
    {
        var code = new StringBuilder("Console.WriteLine(F7(1));\n");
        for (var i = 0; code.Length < 1 << 20; i++)
        {
            code.Append($"static int F{i}(int a) {{ var sum = a; for (var i = 0; i < {i}; i++) sum += i * a; return sum % 1000; }}\n");
        }

        Assert.Equal("22\n", await (await worker.CompileAsync(code.ToString())).OutputAsync());
    }
}
