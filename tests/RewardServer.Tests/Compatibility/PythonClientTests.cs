using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>The Python client, by this machine's Python: each check is a function of a file below <c>python/</c>, whose name says what holds.</summary>
public sealed partial class PythonClientTests(RunningServer server)
{
    private const string Key = "a-key-of-enough-characters";

    // Of the two files of trainers' calls: those that speak of a stub.
    private static readonly string[] OfTheStub =
    [
        "a_server_that_is_gone_ends_the_training_or_leaves_the_batch_out", "a_number_may_stand_for_what_failed", "what_failed_ends_the_training_else",
    ];

    private static readonly string[] OfTheSandbox = ["a_program_is_run", "a_program_that_is_graded_earns_its_reward"];

    public static TheoryData<string> Batches => Python.ChecksOf("batches.py");

    public static TheoryData<string> Tasks => Python.ChecksOf("tasks.py");

    public static TheoryData<string> Faults => Python.ChecksOf("faults.py");

    public static TheoryData<string> Keys => Python.ChecksOf("keys.py");

    public static TheoryData<string> TrlCalls => Python.ChecksOf("trl_calls.py");

    public static TheoryData<string> VerlCalls => Python.ChecksOf("verl_calls.py");

    private string Url => server.Client.BaseAddress!.ToString().TrimEnd('/');

    [Theory]
    [MemberData(nameof(Batches))]
    public Task Of_batches(string check) => Python.HoldsAsync("batches.py", check, Url);

    [Theory]
    [MemberData(nameof(Tasks))]
    public Task Of_tasks_and_programs(string check)
    {
        if (OfTheSandbox.Contains(check))
        {
            server.NeedSandbox();
        }

        return Python.HoldsAsync("tasks.py", check, Url);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Of_servers_that_are_busy_or_broken(string check) =>
        check == "a_server_that_comes_back_is_found_again" ? AbsentAtFirstAsync(check) : BehindTheStubAsync("faults.py", check);

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Of_servers_that_ask_for_a_key(string check)
    {
        await using var app = await RunningServer.StartAsync(new() { ["Server:ApiKeys:0"] = Key });
        await Python.HoldsAsync("keys.py", check, app.Urls.First());
    }

    [Theory]
    [MemberData(nameof(TrlCalls))]
    public Task As_TRL_calls_it(string check) =>
        OfTheStub.Contains(check) ? BehindTheStubAsync("trl_calls.py", check) : Python.HoldsAsync("trl_calls.py", check, Url);

    [Theory]
    [MemberData(nameof(VerlCalls))]
    public Task As_verl_calls_it(string check) =>
        OfTheStub.Contains(check) ? BehindTheStubAsync("verl_calls.py", check) : Python.HoldsAsync("verl_calls.py", check, Url);

    [Fact]
    public async Task It_is_one_file_that_compiles_without_a_warning()
    {
        Python.Need();
        var folder = Path.Combine(Repository.Root, "src", "clients", "python");
        Assert.Equal("rewardserver.py", Path.GetFileName(Assert.Single(Directory.GetFiles(folder, "*.py", SearchOption.AllDirectories))));
        var (code, output, error) = await Python.RunAsync(["-W", "error", "-m", "compileall", "-q", "-f", folder]);
        Assert.True(code == 0, output + error);
    }

    [Theory]
    [InlineData("docs/trainers/trl.md")]
    [InlineData("docs/trainers/verl-reward.md")]
    public async Task The_programs_of_the_docs_run(string page)
    {
        Python.Need();
        var programs = Program().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, page), TestContext.Current.CancellationToken));
        Assert.NotEmpty(programs);
        foreach (var program in programs.Select(match => match.Groups[1].Value))
        {
            var (code, output, error) = await Python.RunAsync(["-c", program.Replace("http://127.0.0.1:8080", Url, StringComparison.Ordinal)]);
            Assert.True(code == 0, program + output + error);
            // What it prints stands in its comments.
            Assert.Equal(Printed().Matches(program).Select(match => match.Groups[1].Value), output.TrimEnd('\n').Split('\n'));
        }
    }

    private async Task BehindTheStubAsync(string file, string check)
    {
        await using var stub = await FaultyProxy.StartAsync(server.Client);
        await Python.HoldsAsync(file, check, stub.Url);
    }

    private async Task AbsentAtFirstAsync(string check)
    {
        var port = FreePort();
        FaultyProxy? stub = null;
        try
        {
            await Python.HoldsAsync("faults.py", check, $"http://127.0.0.1:{port}", async line =>
            {
                if (line == "asking")
                {
                    await Task.Delay(300, TestContext.Current.CancellationToken);
                    stub = await FaultyProxy.StartAsync(server.Client, port);
                }
            });
        }
        finally
        {
            if (stub is not null)
            {
                await stub.DisposeAsync();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```python runs\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("^print\\(.*\\)  # (.*)$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
