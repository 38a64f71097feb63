using System.Net.Http.Json;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoSkills;

/// <summary>Cells of NeMo-Skills' sessions, as its client posts them and reads their answers.</summary>
public sealed class Executing_cells(RunningServer server)
{
    private readonly string session = NemoClient.NewSession();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Client
    {
        get
        {
            server.NeedSandbox();
            return server.Client;
        }
    }

    [Fact]
    public async Task A_session_keeps_its_state_and_is_new_once()
    {
        (await Client.CellAsync(session, "import math\ndef f(n): return math.factorial(n)\nx = 5")).Answered("completed", "", isNew: true);
        (await Client.CellAsync(session, "print('f')\nf(x)")).Answered("completed", "f\n120\n", isNew: false);
        var other = NemoClient.NewSession();
        (await Client.CellAsync(other, "x")).Answered("error", "Traceback (most recent call last):\n    x\nNameError: name 'x' is not defined\n", isNew: true);
        (await Client.CellAsync(session, "x")).Answered("completed", "5\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
        await Client.EndSessionAsync(other, Token);
    }

    [Theory]
    [InlineData("1 + 1", "completed", "2\n")]
    [InlineData("list(range(30))[:3]\n'ä'", "completed", "'ä'\n")]
    [InlineData("{i: 'x' * 20 for i in range(4)}", "completed", "{0: 'xxxxxxxxxxxxxxxxxxxx',\n 1: 'xxxxxxxxxxxxxxxxxxxx',\n 2: 'xxxxxxxxxxxxxxxxxxxx',\n 3: 'xxxxxxxxxxxxxxxxxxxx'}\n")]
    [InlineData("print('\\n\\n a \\n\\n')", "completed", " a\n")]
    [InlineData("print('\\x1b[31mred\\x1b[0m')", "completed", "red\n")]
    [InlineData("def f():\n    return 1 / 0\nf()", "error", "Traceback (most recent call last):\n    f()\n    return 1 / 0\nZeroDivisionError: division by zero\n")]
    [InlineData("x = (", "error", "    x = (\n        ^\nSyntaxError: '(' was never closed\n")]
    [InlineData("input()", "error", "Traceback (most recent call last):\n    input()\nEOFError: EOF when reading a line\n")]
    [InlineData("", "completed", "")]
    public async Task A_cell_prints_what_their_server_would(string code, string status, string stdout)
    {
        (await Client.CellAsync(session, code)).Answered(status, stdout, isNew: true);
        await Client.EndSessionAsync(session, Token);
    }

    [Theory]
    [InlineData("a/b-")]
    [InlineData("%2F-")]
    [InlineData("a b+c?d-")]
    public async Task A_session_of_any_name_can_be_deleted(string prefix)
    {
        var name = prefix + session;
        (await Client.CellAsync(name, "1")).Answered("completed", "1\n", isNew: true);
        foreach (var status in (int[])[200, 404])
        {
            using var answer = await Client.DeleteAsync($"/sessions/{Uri.EscapeDataString(name)}", Token);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(name, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Standard_error_stands_apart()
    {
        (await Client.CellAsync(session, "import sys\nprint('out')\nprint('err', file=sys.stderr)")).Answered("completed", "out\n", "err\n", isNew: true);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task Errors_are_as_long_as_the_client_asks_for()
    {
        const string code = "a = 1\nraise ValueError('no')";
        (await Client.CellAsync(session, code, verbosity: "Minimal")).Answered("error", "ValueError: no\n", isNew: true);
        foreach (var verbosity in new[] { "Context", "Verbose" })
        {
            var shown = (await Client.CellAsync(session, code, verbosity: verbosity)).GetProperty("stdout").GetString()!;
            Assert.StartsWith("-----", shown, StringComparison.Ordinal);
            Assert.Contains("      1 a = 1\n----> 2 raise ValueError('no')\n", shown, StringComparison.Ordinal);
        }

        // Not worked over, as theirs is not.
        (await Client.CellAsync(session, "1", verbosity: "Context")).Answered("completed", "Out[1]: 1\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task A_cell_over_its_time_is_a_time_out_that_keeps_what_it_printed_and_the_state()
    {
        (await Client.CellAsync(session, "x = 1")).Answered("completed", "", isNew: true);
        var late = await Client.CellAsync(session, "x = 2\nprint('begun')\nimport time\ntime.sleep(60)", timeout: 0.5);
        late.Answered("timeout", "begun\nTraceback (most recent call last):\n    time.sleep(60)\nKeyboardInterrupt\n", "Execution timed out after 0.5 seconds\n", isNew: false);
        (await Client.CellAsync(session, "x")).Answered("completed", "2\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task A_cell_that_does_not_heed_its_time_is_ended_and_the_next_one_says_that_the_state_is_lost()
    {
        (await Client.CellAsync(session, "x = 1")).Answered("completed", "", isNew: true);
        var late = await Client.CellAsync(session, "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)", timeout: 0.5);
        late.Answered("timeout", "", "Execution timed out after 0.5 seconds\n", isNew: true);

        // Once more, for its client does not look at a time-out's.
        (await Client.CellAsync(session, "'x' in globals()")).Answered("completed", "False\n", isNew: true);
        (await Client.CellAsync(session, "1")).Answered("completed", "1\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task A_cell_that_ends_its_interpreter_is_an_error_that_says_so()
    {
        (await Client.CellAsync(session, "x = 1")).Answered("completed", "", isNew: true);
        (await Client.CellAsync(session, "print('bye')\nimport os\nos._exit(3)"))
            .Answered("error", "bye\n", "The interpreter ended, and its state is lost: It ended with exit code 3.\n", isNew: true);
        (await Client.CellAsync(session, "print('again')")).Answered("completed", "again\n", isNew: true);
        (await Client.CellAsync(session, "print('again')")).Answered("completed", "again\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task Outputs_are_cut_to_characters()
    {
        var cut = await Client.CellAsync(session, "import sys\nprint('😀' * 30)\nsys.stderr.write('y' * 9)", characters: 10);
        cut.Answered("completed", string.Concat(Enumerable.Repeat("😀", 10)) + "<output cut>", "yyyyyyyyy\n", isNew: true);
        (await Client.CellAsync(session, "print('z' * 10)", characters: 10)).Answered("completed", "zzzzzzzzzz<output cut>", isNew: false);
        (await Client.CellAsync(session, "print('z')", characters: 0)).Answered("completed", "<output cut>", isNew: false);
        var much = await Client.CellAsync(session, "print('0123456789' * 900_000)", timeout: 60, characters: 10_000_000);
        much.Answered("completed", string.Concat(Enumerable.Repeat("0123456789", 900_000)) + "\n", isNew: false);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task Sessions_are_listed_and_deleted()
    {
        await Client.CellAsync(session, "x = 1");
        var listed = await Client.GetFromJsonAsync<JsonElement>("/sessions", Token);
        Assert.Equal("ipython", listed.GetProperty("backend").GetString());
        var one = listed.GetProperty("sessions").GetProperty(session);
        Assert.Equal(("ipython", true), (one.GetProperty("backend").GetString(), one.GetProperty("alive").GetBoolean()));
        Assert.True(one.GetProperty("created").GetDouble() <= one.GetProperty("last_used").GetDouble() && one.GetProperty("created").GetDouble() > 1.7e9);

        var (status, body) = await Client.EndSessionAsync(session, Token);
        Assert.Equal((200, $"IPython session {session} deleted successfully"), (status, body.GetProperty("message").GetString()));
        (status, body) = await Client.EndSessionAsync(session, Token);
        Assert.Equal((404, $"IPython session {session} not found"), (status, body.GetProperty("error").GetString()));
        (await Client.CellAsync(session, "'x' in globals()")).Answered("completed", "False\n", isNew: true);
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task Cells_of_one_session_wait_for_each_other()
    {
        await Client.CellAsync(session, "n = 0");
        var cells = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Client.CellAsync(session, "m = n\nimport time\ntime.sleep(0.05)\nn = m + 1\nn", timeout: 30)));
        Assert.Equal(["1\n", "2\n", "3\n", "4\n", "5\n"], cells.Select(cell => cell.GetProperty("stdout").GetString()!).Order());
        await Client.EndSessionAsync(session, Token);
    }

    [Fact]
    public async Task A_cell_without_a_session_is_refused_as_by_their_server()
    {
        var (status, body) = await Client.TryExecuteAsync(JsonSerializer.Serialize(NemoClient.Request("1")));
        Assert.Equal((400, "X-Session-ID header required for ipython sessions"), (status, body.GetProperty("error").GetString()));
    }
}
