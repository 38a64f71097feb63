namespace RewardServer.CSharpCompiler.Tests;

public sealed class Deep_programs(Worker worker) : IClassFixture<Worker>
{
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [Theory]
    [InlineData("(", ")", 1000)]
    [InlineData("- ", "", 20_000)]
    [InlineData("1 + ", "", 20_000)]
    public void Deep_expressions_compile(string before, string after, int depth) =>
        Assert.Equal((0, ""), Outcome(worker.Compile($"var a = {Repeat(before, depth)}1{Repeat(after, depth)};")));

    [Theory]
    [InlineData("(", ")", 100_000)]
    [InlineData("(", "", 400_000)]
    [InlineData("{", "}", 100_000)]
    [InlineData("[", "]", 100_000)]
    [InlineData("/* \" */ (", ")", 100_000)]
    public void What_nests_too_deeply_is_an_error_at_once(string before, string after, int depth)
    {
        var answer = worker.Compile($"var a = {Repeat(before, depth)}1{Repeat(after, depth)};");
        Assert.Equal((1 << 8, TooDeep(8 + (2000 * before.Length) + before.Length)), Outcome(answer));
        Assert.Equal(0, worker.Compile("return;").Status);
    }

    [Fact]
    public void Brackets_inside_an_interpolated_string_nest() =>
        Assert.Equal((1 << 8, TooDeep(9)), Outcome(worker.Compile($"var a = $\"{{{Repeat("(", 50_000)}1{Repeat(")", 50_000)}}}\";")));

    [Fact]
    public void Brackets_in_text_do_not_nest() =>
        Assert.Equal((0, ""), Outcome(worker.Compile($"Console.WriteLine(\"{Repeat("(", 50_000)}\" + '('); // {Repeat("(", 50_000)}")));

    private static string TooDeep(int column) => $"main.cs(1,{column}): error CS8078: An expression is too long or complex to compile\n";

    private static (int Status, string Errors) Outcome(Answer answer) => (answer.Status, answer.Errors);
}
