using System.Text;

namespace RewardServer.CSharpCompiler;

/// <summary>
/// Compiles what programs are commonly made of, so that the first real one finds the compiler translated and the
/// framework's types read.
/// </summary>
internal static class WarmUp
{
    private const string Program =
        """
        using System.Diagnostics.CodeAnalysis;
        using System.Text;
        using static System.Math;

        var points = new List<Point> { new(1, 2), new Point(3, 4) with { Y = 5 } };
        var query = from point in points where point.X > 0 orderby point.Y descending select (point.X, Sum: point.X + point.Y);
        foreach (var (x, sum) in query.ToArray())
            Console.WriteLine($"{x,4}: {sum:F2} {Sqrt(x)}");
        var groups = Enumerable.Range(0, 10).Where(n => n % 2 == 0).GroupBy(n => n % 3).ToDictionary(g => g.Key, g => g.Sum());
        Console.WriteLine(string.Join(", ", groups.OrderBy(pair => pair.Key).Select(pair => pair.Key + "=" + pair.Value)));
        Span<int> numbers = stackalloc int[] { 3, 1, 2 };
        numbers.Sort();
        int[] copy = [.. numbers, 4];
        string? line;
        while ((line = Console.ReadLine()) != null && int.TryParse(line.AsSpan().Trim(), out var parsed))
            copy[parsed % copy.Length] = parsed switch { < 0 => -1, 0 => 0, > 100 and < 200 => 1, _ => 2 };
        try
        {
            Console.WriteLine(await Later(new Stack<long>(), 7));
        }
        catch (InvalidOperationException e) when (e.Message.Length > 0)
        {
            Console.Error.WriteLine(e);
        }
        finally
        {
            var text = new StringBuilder().Append('a', 3).AppendLine();
            Console.Write(text);
        }

        async Task<T> Later<T>(Stack<T> stack, T value) where T : notnull
        {
            await Task.Delay(1);
            await foreach (var item in Items(value))
                stack.Push(item);
            lock (stack)
                return stack.Pop();
        }

        static async IAsyncEnumerable<T> Items<T>(T item)
        {
            await Task.Yield();
            yield return item;
        }

        record Point(int X, int Y);
        readonly record struct Cell(int Row, int Column);
        enum Colour { Red, Green = 4 }
        interface IShape { double Area { get; } }
        abstract class Shape : IShape
        {
            protected readonly Dictionary<string, List<int>> index = new();
            public abstract double Area { get; }
            public virtual string Name { get; init; } = "shape";
            public event Action<Shape>? Changed;
            public void Change() => Changed?.Invoke(this);
            public override string ToString() => $"{Name} {Area}";
        }
        sealed class Circle(double radius) : Shape, IComparable<Circle>
        {
            public override double Area => PI * radius * radius;
            public int CompareTo(Circle? other) => Area.CompareTo(other?.Area);
            public static Circle operator +(Circle a, Circle b) => new(a.Area + b.Area);
        }
        static class Graph
        {
            private static readonly int[,] grid = new int[3, 3];
            public static IEnumerable<int> Walk(this List<int>[] edges, int start)
            {
                var seen = new HashSet<int> { start };
                var queue = new Queue<int>();
                var heap = new PriorityQueue<int, long>();
                queue.Enqueue(start);
                for (int i = 0; i < 3; i++)
                    for (var j = 0; j < 3; ++j)
                        grid[i, j] += i == j ? 1 : 0;
                while (queue.Count > 0)
                {
                    var node = queue.Dequeue();
                    yield return node;
                    foreach (var next in edges[node])
                    {
                        if (!seen.Add(next)) continue;
                        queue.Enqueue(next);
                        heap.Enqueue(next, -next);
                    }
                }
            }
            public static bool Is([NotNullWhen(true)] object? thing) => (thing is Point { X: > 0, Y: var y } && y != 0) || thing is Cell or (int, int);
            public static int Ends(int[] values) => values is [var first, .., var last] ? first + last : -1;
            public static unsafe long First(ReadOnlySpan<long> values) { fixed (long* first = values) return *first; }
            public static Func<int, int> Add(int by) => n => checked(n + by);
            public static ref T At<T>(T[] items, Index index) => ref items[index];
        }
        """;

    private const string Faulty = "int a = \"b\"; Console.WriteLine(missing.Length); foreach (var c in 5) { }";

    /// <exception cref="InvalidOperationException">A program that is right does not compile: this worker is of no use.</exception>
    public static void Run(ProgramCompiler compiler)
    {
        var errors = DeepStack.Run(() => Compile(compiler), failure => throw new InvalidOperationException("The warm-up failed.", failure));
        if (errors is { Count: > 0 })
        {
            throw new InvalidOperationException("The warm-up does not compile: " + string.Join('\n', errors));
        }
    }

    private static IReadOnlyList<string> Compile(ProgramCompiler compiler)
    {
        compiler.Compile([new("main.cs", Encoding.UTF8.GetBytes(Faulty))]);
        return compiler.Compile([new("main.cs", Encoding.UTF8.GetBytes(Program))]).Errors;
    }
}
