namespace RewardServer.CSharpCompiler.Tests;

public sealed class Programs_that_end_early(Worker worker) : IClassFixture<Worker>
{
    private const int HasErrors = 1 << 8, Truncated = 3 << 8;

    private const string Program =
        """
        using System.Text;

        /* Reads lines
           and adds them. */
        var total = 0L;
        foreach (var word in (Console.ReadLine() ?? "1 2").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            total += long.TryParse(word, out var n) && n is > 0 and < 10 ? n : Sum.Of([n, 'x', -1], $"{word}: {n,3:F2}");
        }

        Console.WriteLine(@"a ""b"" c" + total);

        static class Sum
        {
            public static long Of(long[] values, string name) => name switch { "x" => 0, _ => values.Where(v => v > 0).Sum() };
            private static Func<int, int> Twice { get; } = n => n * 2;
        }
        """;

    [Fact]
    public void Whatever_a_program_is_cut_to_it_is_whole_or_truncated_and_seldom_wrong()
    {
        Assert.Equal(0, worker.Compile(Program).Status);
        var wrong = new List<string>();
        for (var length = 1; length < Program.Length; length++)
        {
            var answer = worker.Compile(Program[..length]);
            if (answer.Status == HasErrors && answer.Errors.Contains("error CS1", StringComparison.Ordinal))
            {
                wrong.Add(Program[..length][^Math.Min(length, 20)..].ReplaceLineEndings("|") + " " + answer.Errors);
            }
        }

        Assert.True(wrong.Count < Program.Length / 50, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("class A {")]
    [InlineData("Console.WriteLine(\"abc")]
    [InlineData("Console.WriteLine(1")]
    [InlineData("int x = ")]
    [InlineData("int x = 1;\n/* a comment\nof lines")]
    [InlineData("var s = @\"abc\ndef")]
    [InlineData("var s = \"\"\"\n  abc\n")]
    [InlineData("var s = $\"abc {1 +")]
    [InlineData("#if DEBUG\nint x;")]
    [InlineData("class A { void B() { if (true) {\n\n\n")]
    [InlineData("class A { pub")]
    public void What_breaks_off_is_truncated(string code) => Assert.Equal(Truncated, worker.Compile(code).Status);

    [Theory]
    [InlineData("int x = \"\";")]
    [InlineData("int x = ;\nclass A {")]
    [InlineData("class A { void B() { foo(; } ")]
    [InlineData("int x = 1;\n}\nint y = 2;")]
    [InlineData("var s = \"abc;\nConsole.WriteLine(s);")]
    public void What_is_wrong_before_its_end_is_not(string code) => Assert.Equal(HasErrors, worker.Compile(code).Status);

    [Fact]
    public void Each_of_several_files_has_an_end_of_its_own()
    {
        Assert.Equal(Truncated, worker.Compile("Console.WriteLine(B.C);", "static class B { public const int C = 1;").Status);
        Assert.Equal(HasErrors, worker.Compile("Console.WriteLine(B.C;", "static class B { public const int C = 1;").Status);
    }
}
