namespace RewardServer.CSharpCompiler.Tests;

public sealed class Deep_programs(Worker worker) : IClassFixture<Worker>
{
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [Theory]
    [InlineData("(", ")", 1000)]
    [InlineData("- ", "", 20000)]
    [InlineData("1 + ", "", 20000)]
    public async Task Deep_expressions_compile(string before, string after, int depth) =>
        Assert.Equal("1\n", await (await worker.CompileAsync($"Console.WriteLine(Math.Sign(Math.Abs({Repeat(before, depth)}1{Repeat(after, depth)})));")).OutputAsync());

    [Theory]
    [InlineData("(", ")", 100_000)]
    [InlineData("(", "", 400_000)]
    [InlineData("{", "}", 100_000)]
    [InlineData("[", "]", 100_000)]
    [InlineData("$\"{(", ")}\"", 50_000)]
    [InlineData("/* \" */ (", ")", 100_000)]
    public async Task What_nests_too_deeply_is_an_error(string before, string after, int depth)
    {
        var run = await worker.CompileAsync($"var a = {Repeat(before, depth)}1{Repeat(after, depth)};");
        Assert.Equal(1 << 8, run.Status);
        Assert.Contains("error CS8078: An expression is too long or complex to compile", run.Errors, StringComparison.Ordinal);
        Assert.InRange(run.ProcessorSeconds, 0, 5);
        Assert.Equal(0, (await worker.CompileAsync("return;")).Status);
    }

    [Fact]
    public async Task Brackets_in_text_do_not_nest()
    {
        var run = await worker.CompileAsync($"Console.WriteLine(\"{new string('(', 50_000)}\".Length + '('); // {new string('(', 50_000)}");
        Assert.Equal("50040\n", await run.OutputAsync());
    }
}
