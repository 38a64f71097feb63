namespace RewardServer.CSharpCompiler.Tests;

public sealed class Compiling_programs(Worker worker) : IClassFixture<Worker>
{
    [Theory]
    [InlineData("Console.WriteLine(42);")]
    [InlineData("Console.WriteLine(new P(1, 2) is { X: > 0, Y: var y } ? y : 0); record P(int X, int Y);")]
    [InlineData("await Task.Delay(1); Console.WriteLine((from n in new[] { 3, 1 } orderby n select n * 2).Sum());")]
    [InlineData("Span<int> s = stackalloc int[3]; s[^1] = 4; Console.WriteLine(s[1..].Length);")]
    [InlineData("unsafe { int a = 1; int* p = &a; Console.WriteLine(*p); }")]
    [InlineData("#if NET8_0_OR_GREATER\nConsole.WriteLine(1);\n#else\n#error old\n#endif")]
    public void A_program_becomes_an_assembly(string source)
    {
        var answer = worker.Compile(source);
        Assert.Equal((0, "", ""), (answer.Status, answer.Errors, answer.Failure));
        Assert.Equal("MZ"u8, answer.Assembly.AsSpan(0, 2));
    }

    [Fact]
    public void Files_are_compiled_together() =>
        Assert.Equal(0, worker.Compile("Console.WriteLine(Other.Value);", "static class Other { public const int Value = 1; }").Status);

    [Theory]
    [InlineData("class Other { static void Main() => Console.Write(2); }")]
    [InlineData("using System.Text;\nusing X = System.Int32;\n\nConsole.Write(2);\nX Two() => 2;")]
    public async Task A_program_begins_in_the_first_file_that_has_a_main(string other)
    {
        const string First = "namespace A.B { static class First { static void Helper() { void Main() { } } internal static void Main() { Console.Write(1); Environment.Exit(0); } } }";
        Assert.Equal("1", await worker.Compile(First, other).OutputAsync());
    }

    [Fact]
    public void Errors_behind_the_call_of_a_main_keep_their_lines() =>
        Assert.Contains("(3,1): error CS0103", worker.Compile("class A { internal static void Main() { } }", "Console.Write(1);\n\nmissing();").Errors, StringComparison.Ordinal);

    [Fact]
    public void Errors_read_as_the_command_line_compiler_prints_them()
    {
        var answer = worker.Compile("int unused = 1;\n\n  Console.WriteLine(missing);");
        Assert.Equal((256, "main.cs(3,21): error CS0103: The name 'missing' does not exist in the current context\n"), (answer.Status, answer.Errors));
        Assert.Empty(answer.Assembly);
    }

    [Fact]
    public void At_most_a_hundred_errors_are_told() =>
        Assert.Equal(100, worker.Compile(string.Concat(Enumerable.Repeat("x();\n", 500))).Errors.Count(letter => letter == '\n'));

    [Theory]
    [InlineData("")]
    [InlineData("class A { }")]
    public void A_program_needs_an_entry_point(string source) => Assert.Contains("error CS5001", worker.Compile(source).Errors, StringComparison.Ordinal);

    [Fact]
    public void No_files_are_a_program_without_an_entry_point() => Assert.Equal(256, worker.Send([]).Status);

    [Fact]
    public void The_same_source_gives_the_same_bytes() =>
        Assert.Equal(worker.Compile("Console.WriteLine(new { A = 1 });").Assembly, worker.Compile("Console.WriteLine(new { A = 1 });").Assembly);

    [Fact]
    public void Programs_do_not_see_each_other()
    {
        Assert.Equal(0, worker.Compile("Console.WriteLine(1); class Secret { }").Status);
        Assert.Contains("'Secret'", worker.Compile("new Secret();").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"/etc/passwd\"\nConsole.WriteLine(1);")]
    [InlineData("#load \"/etc/passwd\"\nConsole.WriteLine(1);")]
    [InlineData("[assembly: System.Reflection.AssemblyKeyFile(\"/etc/passwd\")]\nclass A { static void Main() { } }")]
    public void Nothing_is_read_by_its_path(string source) => Assert.Equal(256, worker.Compile(source).Status);

    [Fact]
    public void Parentheses_may_nest_deeply() =>
        Assert.Equal(0, worker.Compile($"int a = {new string('(', 2000)}1{new string(')', 2000)};").Status);

    [Fact]
    public void Ten_thousand_braces_are_answered() =>
        Assert.Contains(worker.Compile(new string('{', 10000) + new string('}', 10000)).Status, new[] { 0, 256 });

    [Fact]
    public void A_source_of_a_megabyte_compiles() =>
        Assert.Equal(0, worker.Compile($"Console.WriteLine(\"{new string('x', 1 << 20)}\");").Status);

    [Fact]
    public void Bytes_that_are_no_text_are_replaced() =>
        Assert.Equal(0, worker.Send(Worker.Bundle(("main.cs", [.. "Console.WriteLine(\""u8, 0xFF, 0xC0, .. "\");"u8]))).Status);

    [Theory]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 65, 255, 255, 255, 255 })]
    public void A_malformed_bundle_is_refused_in_words(byte[] bundle)
    {
        var answer = worker.Send(bundle);
        Assert.Equal(512, answer.Status);
        Assert.StartsWith("error: the sources end", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_the_socket_ends_the_worker()
    {
        using var own = new Worker();
        Assert.Equal(0, own.HangUp());
    }
}
