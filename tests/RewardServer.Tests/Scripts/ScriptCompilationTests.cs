using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Tests.Cli;

namespace RewardServer.Tests.Scripts;

public sealed class ScriptCompilationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("script-tests-");

    [Fact]
    public async Task Every_error_of_every_script_is_told_with_its_place()
    {
        var errors = await ErrorsAsync(("a", "// one\nreturn wrong(1) + missing;"), ("b", "return \"text\";"), ("c", "return 1;"), ("d", "int x = 1"));
        Assert.Equal(
            [
                $"a: {folder.FullName}/a.csx(2,8): error CS0103: The name 'wrong' does not exist in the current context",
                $"a: {folder.FullName}/a.csx(2,19): error CS0103: The name 'missing' does not exist in the current context",
                $"b: {folder.FullName}/b.csx(1,8): error CS0029: Cannot implicitly convert type 'string' to 'RewardServer.Scripting.ScriptScore'",
                $"d: {folder.FullName}/d.csx(1,10): error CS1002: ; expected",
            ],
            errors);
    }

    [Theory]
    [InlineData("#r \"other.dll\"\nreturn 1;", "(1,1): error CS")]
    [InlineData("#load \"other.csx\"\nreturn 1;", "(1,1): error CS")]
    [InlineData("return new Microsoft.AspNetCore.Http.HttpContext();", "error CS")]
    [InlineData("Completion = null; return 1;", "(1,1): error CS0200")]
    public async Task What_scripts_cannot_do_is_told(string text, string error) => Assert.Contains(error, Assert.Single(await ErrorsAsync(("a", text))));

    [Fact]
    public async Task A_script_that_the_compiler_dies_of_is_told_and_the_others_are_compiled()
    {
        var errors = await ErrorsAsync(("deep", $"return {new string('(', 200_000)}1{new string(')', 200_000)};"), ("other", "return x;"));
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("deep: ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("other: ", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told()
    {
        var settings = new Dictionary<string, ScriptOptions> { ["gone"] = new() { Path = "/nonexistent/gone.csx" }, ["folder"] = new() { Path = folder.FullName } };
        var (_, errors) = await ScriptSet.StartAsync(settings, RunningScripts.Command, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(2, errors.Length);
        Assert.All(errors, error => Assert.Contains("/", error));
    }

    [Fact]
    public async Task The_executable_does_not_start_with_a_script_that_is_wrong()
    {
        var path = Path.Combine(folder.FullName, "a.csx");
        await File.WriteAllTextAsync(path, "return\n  1 +;", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["Scripts:polite:Path"] = path, ["Sandbox:Engine"] = "none" };
        var expected = $"rewardserver: Scripts:polite: {path}(2,6): error CS1525: Invalid expression term ';'{Environment.NewLine}";
        Assert.Equal((2, "", expected), await RewardServerProcess.RunAsync(settings, "", "--urls", "http://127.0.0.1:0"));
        var (code, output, error) = await RewardServerProcess.RunAsync(settings, """{"problem":"p","answer":"1","completion":"1"}""", "grade", "--input", "-", "--output", "-");
        Assert.Equal((2, ""), (code, output));
        Assert.EndsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_told_all_at_once()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Scripts:a:TimeoutSeconds"] = "0",
            ["Scripts:b:Path"] = "b.csx",
            ["Scripts:b:Low"] = "2",
            ["Scripts:b:Processes"] = "0",
            ["Scripts:b:MemoryMb"] = "1",
            ["Scripts:b:MaxQueued"] = "-1",
        };
        var (code, _, error) = await RewardServerProcess.RunAsync(settings, "", "--urls", "http://127.0.0.1:0");
        Assert.Equal(2, code);
        Assert.All(["a:Path", "a:TimeoutSeconds", "b:Processes", "b:MemoryMb", "b:MaxQueued", "b:Low, High"], name => Assert.Contains($"rewardserver: Scripts:{name}: ", error));
        (_, _, error) = await RewardServerProcess.RunAsync(new Dictionary<string, string?> { ["Scripts:a:Url"] = "x" }, "", "--urls", "http://127.0.0.1:0");
        Assert.StartsWith("rewardserver: Scripts:a: ", error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string[]> ErrorsAsync(params (string Name, string Text)[] scripts)
    {
        var (set, errors) = await RunningScripts.StartAsync(folder, [.. scripts.Select(script => (script.Name, script.Text, new ScriptOptions()))]);
        Assert.Empty(set.Names);
        return errors;
    }
}
