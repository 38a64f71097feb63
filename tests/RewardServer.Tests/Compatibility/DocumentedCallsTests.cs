using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>
/// Every <c>curl</c> command of docs/trainers.md and of the pages below docs/trainers, run as a reader would: by the machine's curl, against a server.
/// Each must be answered with status 200; where a block of JSON follows, with its members, of which <c>"…"</c> and what it leaves out may be anything.
/// </summary>
public sealed partial class DocumentedCallsTests(RunningServer server)
{
    private const string Address = "http://127.0.0.1:8080";

    private const string Anything = "…";

    // How ROLL is told to ask once more, which a page says.
    private const string Pending = "\"errcode\":1,";
    private const int MostTries = 300;

    // A command may use an id that an earlier one of its page was answered: $REWARD_REQUEST_ID is the last "reward_request_id".
    private readonly Dictionary<string, string> ids = [];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            // What its commands call is configured on the page itself: FormDocsTests has that.
            .Where(file => file != "docs/trainers/generic.md")
            .Where(file => file == "docs/trainers.md" || file.StartsWith("docs/trainers/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_work_as_they_stand(string page)
    {
        Assert.SkipWhen(Curl() is null, "curl is not installed");
        server.NeedSandbox();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, page), TestContext.Current.CancellationToken);
        var blocks = Block().Matches(text).Where(block => block.Groups["command"].Value.StartsWith("curl", StringComparison.Ordinal)).ToList();
        foreach (var block in blocks)
        {
            var command = block.Groups["command"].Value;
            var answer = await RunAsync(command);
            for (var tries = 0; answer.Contains(Pending, StringComparison.Ordinal) && block.Groups["answer"].Success && tries < MostTries; tries++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
                answer = await RunAsync(command);
            }

            if (block.Groups["answer"].Success)
            {
                Compare(JsonElement.Parse(block.Groups["answer"].Value), Parsed(answer, command), command);
            }

            Remember(answer);
        }

        // One that stands elsewhere would not have been run.
        Assert.Equal(Command().Count(text), blocks.Sum(block => Command().Count(block.Value)));
    }

    private async Task<string> RunAsync(string command)
    {
        Assert.Contains(Address, command, StringComparison.Ordinal);
        var script = command.Replace(Address, server.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal);
        // A status of 400 and above is then an error, and its body is shown all the same.
        script = "set -e\n" + Command().Replace(script, "curl -sS --fail-with-body --max-time 100 ");
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ids)
        {
            start.Environment[name.ToUpperInvariant()] = value;
        }

#pragma warning disable RS0030 // What a reader runs, which is no candidate's program.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\nended with {process.ExitCode}: {await error}{await output}");
        return await output;
    }

    // What is expected may leave members out, for most answers echo or measure something.
    private static void Compare(JsonElement expected, JsonElement actual, string where)
    {
        var told = $"{where}\nexpected {expected.GetRawText()}\n but was {actual.GetRawText()}";
        switch (expected.ValueKind)
        {
            case JsonValueKind.String when expected.GetString() == Anything:
                break;
            case JsonValueKind.Object:
                Assert.True(actual.ValueKind == JsonValueKind.Object, told);
                foreach (var member in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(member.Name, out var value), told);
                    Compare(member.Value, value, $"{where}\nmember {member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == expected.GetArrayLength(), told);
                foreach (var (one, other) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                {
                    Compare(one, other, where);
                }

                break;
            case JsonValueKind.Number:
                Assert.True(actual.ValueKind == JsonValueKind.Number && Math.Abs(expected.GetDouble() - actual.GetDouble()) < 1e-9, told);
                break;
            default:
                Assert.True(JsonElement.DeepEquals(expected, actual), told);
                break;
        }
    }

    private void Remember(string answer)
    {
        var members = answer.StartsWith('{') ? JsonElement.Parse(answer).EnumerateObject().ToList() : [];
        foreach (var member in members.Where(member => member.Name.EndsWith("_id", StringComparison.Ordinal) && member.Value.ValueKind == JsonValueKind.String))
        {
            ids[member.Name] = member.Value.GetString()!;
        }
    }

    private static JsonElement Parsed(string answer, string command)
    {
        try
        {
            return JsonElement.Parse(answer);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{command}\nwas answered what is no JSON: {answer}");
        }
    }

    private static string? Curl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "curl")).FirstOrDefault(File.Exists);

    // A fence ends at one that begins a line: a command may hold others, escaped.
    [GeneratedRegex("^```sh\n(?<command>.*?)^```$(\\s*^```json\n(?<answer>.*?)^```$)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^curl ", RegexOptions.Multiline)]
    private static partial Regex Command();
}
