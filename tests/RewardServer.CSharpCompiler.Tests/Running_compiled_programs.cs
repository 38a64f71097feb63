using System.Globalization;
using System.Text;

namespace RewardServer.CSharpCompiler.Tests;

public sealed class Running_compiled_programs(Worker worker) : IClassFixture<Worker>
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
    public async Task What_the_language_has_compiles_and_runs() =>
        Assert.Equal("012 four:9.0 shape:12.0 1,2,3 9 5\n", await worker.Compile(Features).OutputAsync());

    [Fact]
    public async Task The_usings_of_a_new_project_are_there() => Assert.Equal("ok\n", await worker.Compile("""
        var thread = new Thread(() => { }); var task = Task.CompletedTask; var list = new List<int>(); using var client = new HttpClient();
        Console.WriteLine(File.Exists("/nothing") || list.Any() ? "no" : "ok");
        """).OutputAsync());

    [Fact]
    public async Task Text_survives() => Assert.Equal("größe 漢字\n", await worker.Compile("""Console.WriteLine("größe 漢字");""").OutputAsync());

    [Fact]
    public async Task Bytes_that_are_not_text_become_replacement_characters() => Assert.Equal(
        "\uFFFD\n", await worker.Send(Worker.Bundle(("main.cs", [.. "Console.WriteLine(\""u8, 0xFF, .. "\");"u8]))).OutputAsync());

    [Fact]
    public void What_came_between_does_not_change_an_assembly()
    {
        var first = worker.Compile(Features);
        worker.Compile("class Other { static void Main() { } }");
        worker.Compile("class Faulty {");
        Assert.Equal(first.Assembly, worker.Compile(Features).Assembly);
    }

    [Fact]
    public async Task A_megabyte_of_methods_compiles()
    {
        // In a class: among local functions the compiler's time grows with the square of their number.
        var code = new StringBuilder("class P { static void Main() => Console.WriteLine(F7(1));\n");
        for (var i = 0; code.Length < 1 << 20; i++)
        {
            code.Append(CultureInfo.InvariantCulture, $"static int F{i}(int a) {{ var sum = a; for (var i = 0; i < {i}; i++) sum += i * a; return sum % 1000; }}\n");
        }

        Assert.Equal("22\n", await worker.Compile(code.Append('}').ToString()).OutputAsync());
    }

    [Theory]
    [InlineData("#line 5 \"/etc/passwd\"\n")]
    [InlineData("#pragma checksum \"/etc/passwd\" \"{406EA660-64CF-4C82-B6F0-42D48172A799}\" \"ab\"\n")]
    [InlineData("/// <include file=\"/etc/passwd\" path=\"x\"/>\n")]
    [InlineData("[assembly: System.Reflection.AssemblyVersion(\"1.2.3.4\")]\n")]
    public async Task What_only_names_something_is_harmless(string line) =>
        Assert.Equal("1\n", await worker.Compile(line + "Console.WriteLine(1);").OutputAsync());
}
