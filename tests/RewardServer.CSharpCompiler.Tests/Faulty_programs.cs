namespace RewardServer.CSharpCompiler.Tests;

public sealed class Faulty_programs(Worker worker) : IClassFixture<Worker>
{
    private string Errors(string code)
    {
        var answer = worker.Compile(code);
        Assert.Equal(1 << 8, answer.Status);
        Assert.Empty(answer.Assembly);
        return answer.Errors;
    }

    [Fact]
    public void Warnings_are_not_told() => Assert.Equal(
        "main.cs(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int'\n",
        Errors("int unused; string s = null;\nint a = \"\";"));

    [Fact]
    public void The_framework_hides_its_internals() =>
        Assert.Contains("error CS0122: ", Errors("Console.WriteLine(Interop.Sys.GetPid());"), StringComparison.Ordinal);

    [Fact]
    public void The_compiler_is_no_part_of_the_framework() =>
        Assert.Contains("error CS0234: ", Errors("Console.WriteLine(typeof(Microsoft.CodeAnalysis.SyntaxNode));"), StringComparison.Ordinal);

    [Fact]
    public void Packages_cannot_be_asked_for() => Assert.Contains("error CS9298: ", Errors("#:package Some@1.0\nConsole.WriteLine(1);"), StringComparison.Ordinal);

    [Fact]
    public void A_name_of_a_megabyte_is_an_error() =>
        Assert.Contains("error CS0103: ", Errors("int a = " + new string('b', 1 << 20) + ";"), StringComparison.Ordinal);
}
