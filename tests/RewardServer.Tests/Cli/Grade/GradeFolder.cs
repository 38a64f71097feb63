using System.Globalization;
using System.Text.Json;

namespace RewardServer.Tests.Cli.Grade;

/// <summary>A folder with a set to grade, and what comes of it.</summary>
internal sealed class GradeFolder : IDisposable
{
    public const string Accuracy = """{"components":[{"grader":"accuracy"}]}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("grade-tests-");

    public string Input => File("in.jsonl");

    public string Output => File("out.jsonl");

    public string File(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Writes so many rows of mathematics, of which every third is wrong.</summary>
    public GradeFolder With(int rows)
    {
        System.IO.File.WriteAllLines(Input, Enumerable.Range(1, rows).Select(Row));
        return this;
    }

    public static string Row(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"problem\":\"What is {number}?\",\"answer\":\"{number}\",\"level\":\"{number % 5}\",\"completion\":\"\\\\boxed{{{(number % 3 == 0 ? -number : number)}}}\"}}");

    /// <summary>The command, with more flags.</summary>
    public string[] Command(params string[] more) => ["grade", "--input", Input, "--output", Output, "--rubric", Accuracy, .. more];

    public Task<(int ExitCode, string Output, string Error)> GradeAsync(params string[] more) => RewardServerProcess.RunAsync("", Command(more));

    public JsonElement[] Results() => [.. System.IO.File.ReadLines(Output).Select(line => JsonElement.Parse(line))];

    /// <summary>Every row is there once, in order, with the reward that it has.</summary>
    public void HasAll(int rows)
    {
        var results = Results();
        Assert.Equal(Enumerable.Range(1, rows), results.Select(result => (int)result.GetProperty("row").GetInt64()));
        Assert.All(results, result => Assert.Equal(result.GetProperty("row").GetInt64() % 3 == 0 ? 0 : 1, result.GetProperty("reward").GetDouble()));
    }

    /// <summary>Waits until the output has more than so many bytes.</summary>
    public async Task GrowAsync(long bytes)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        while (!(new FileInfo(Output) is { Exists: true } file && file.Length > bytes))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
