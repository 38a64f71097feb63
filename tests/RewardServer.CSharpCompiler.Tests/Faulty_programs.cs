namespace RewardServer.CSharpCompiler.Tests;

public sealed class Faulty_programs(Worker worker) : IClassFixture<Worker>
{
    private async Task<string> Errors(string code)
    {
        var run = await worker.CompileAsync(code);
        Assert.Equal(1 << 8, run.Status);
        Assert.Empty(run.Assembly);
        return run.Errors;
    }

    [Fact]
    public async Task An_error_reads_as_the_compiler_prints_it() => Assert.Equal(
        "main.cs(2,5): error CS0103: The name 'missing' does not exist in the current context\n",
        await Errors("int x = 1;\nx = missing;"));

    [Fact]
    public async Task Warnings_are_not_told() => Assert.Equal(
        "main.cs(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int'\n",
        await Errors("int unused; string s = null;\nint a = \"\";"));

    [Fact]
    public async Task Without_an_entry_point_that_is_told() =>
        Assert.Contains("error CS5001: ", await Errors("class A { }"), StringComparison.Ordinal);

    [Fact]
    public async Task Without_any_file_that_is_told() =>
        Assert.Contains("error CS5001: ", (await worker.RunAsync([])).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task At_most_a_hundred_errors_are_told()
    {
        var errors = await Errors(string.Join('\n', Enumerable.Range(0, 5000).Select(n => $"int a{n} = \"\";")));
        Assert.Equal(100, errors.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 5, 0, 0, 0, (byte)'a' })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 1, 0, 0, 0, (byte)'a', 9, 0, 0, 0, 1 })]
    public async Task Input_that_ends_too_early_is_refused(byte[] input)
    {
        var run = await worker.RunAsync(input);
        Assert.NotEqual(0, run.Status);
        Assert.Contains("the sources end", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await worker.CompileAsync("return;")).Status);
    }

    [Fact]
    public async Task Programs_do_not_see_each_other()
    {
        await worker.CompileAsync("Console.WriteLine(Secret.Value); static class Secret { public const int Value = 7; }");
        Assert.Contains("error CS0103: The name 'Secret'", await Errors("Console.WriteLine(Secret.Value);"), StringComparison.Ordinal);
        Assert.Contains("error CS0103: The name 'Dns'", await Errors("Console.WriteLine(Dns.GetHostName());"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_framework_hides_its_internals() =>
        Assert.Contains("error CS0122: ", await Errors("Console.WriteLine(Interop.Sys.GetPid());"), StringComparison.Ordinal);

    [Fact]
    public async Task The_compiler_is_no_part_of_the_framework() =>
        Assert.Contains("error CS0234: ", await Errors("Console.WriteLine(typeof(Microsoft.CodeAnalysis.SyntaxNode));"), StringComparison.Ordinal);

    [Theory]
    [InlineData("#r \"/etc/passwd\"\n")]
    [InlineData("#load \"/etc/passwd\"\n")]
    [InlineData("#:package Some@1.0\n")]
    [InlineData("[assembly: System.Reflection.AssemblyKeyFile(\"/etc/passwd\")]\n")]
    public async Task What_names_a_file_is_an_error(string line)
    {
        var errors = await Errors(line + "Console.WriteLine(1);");
        Assert.DoesNotContain("root:", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#line 5 \"/etc/passwd\"\n")]
    [InlineData("#pragma checksum \"/etc/passwd\" \"{406EA660-64CF-4C82-B6F0-42D48172A799}\" \"ab\"\n")]
    [InlineData("/// <include file=\"/etc/passwd\" path=\"x\"/>\n")]
    [InlineData("[assembly: System.Reflection.AssemblyVersion(\"1.2.3.4\")]\n")]
    public async Task What_only_names_something_is_harmless(string line) =>
        Assert.Equal("1\n", await (await worker.CompileAsync(line + "Console.WriteLine(1);")).OutputAsync());

    [Fact]
    public async Task A_name_of_a_megabyte_is_an_error() =>
        Assert.Contains("error CS0103: ", await Errors("int a = " + new string('b', 1 << 20) + ";"), StringComparison.Ordinal);
}
